@NullMarked
package org.voyage.kit.record.write;

import org.jspecify.annotations.NullMarked;
