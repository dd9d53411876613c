/** Tests of definitions that are tried before they are switched on. */
@NullMarked
package org.voyage.indicators.rehearsal;

import org.jspecify.annotations.NullMarked;
