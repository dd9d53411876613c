/** Offsets of the evidence consumer, and their history: which offset was stored by what time. */
@NullMarked
package org.voyage.indicators.evidence.checkpoint;

import org.jspecify.annotations.NullMarked;
