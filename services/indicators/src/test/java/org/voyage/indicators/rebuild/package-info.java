/** Tests of the rebuild: figures change their place while they are read. */
@NullMarked
package org.voyage.indicators.rebuild;

import org.jspecify.annotations.NullMarked;
