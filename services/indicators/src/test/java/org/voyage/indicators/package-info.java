/** Tests of the whole service; tests of one part are in its package. */
@NullMarked
package org.voyage.indicators;

import org.jspecify.annotations.NullMarked;
