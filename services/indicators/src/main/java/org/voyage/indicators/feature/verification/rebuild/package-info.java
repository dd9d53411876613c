/**
 * Rebuild of the live figures from the beginning of the log while the old ones serve. The new figures are verified
 * against evidence and published events, then exchanged in one step.
 */
@NullMarked
package org.voyage.indicators.feature.verification.rebuild;

import org.jspecify.annotations.NullMarked;
