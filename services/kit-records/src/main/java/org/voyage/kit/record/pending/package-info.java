/** Counts of parked and refused submissions per year, published as {@code <service>.outstanding}. */
@NullMarked
package org.voyage.kit.record.pending;

import org.jspecify.annotations.NullMarked;
