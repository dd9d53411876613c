@NullMarked
package org.voyage.kit.record.check;

import org.jspecify.annotations.NullMarked;
