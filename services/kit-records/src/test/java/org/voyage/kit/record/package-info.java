@NullMarked
package org.voyage.kit.record;

import org.jspecify.annotations.NullMarked;
