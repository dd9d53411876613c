/**
 * The live figures counted anew from the beginning of the log, beside the ones that serve: verified against evidence and
 * published events, then exchanged in one step.
 */
@NullMarked
package org.voyage.indicators.feature.verification.rebuild;

import org.jspecify.annotations.NullMarked;
