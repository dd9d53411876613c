@NullMarked
package org.voyage.kit.sheet;

import org.jspecify.annotations.NullMarked;
