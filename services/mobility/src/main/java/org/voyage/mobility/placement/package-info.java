/** The outbound placement: students of one college sent abroad together. */
@NullMarked
package org.voyage.mobility.placement;

import org.jspecify.annotations.NullMarked;
