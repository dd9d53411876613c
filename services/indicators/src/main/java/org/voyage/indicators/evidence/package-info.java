/**
 * Every version of every fact, with its position in the log, and the consumer offsets in the same transaction: exactly
 * once.
 */
@NullMarked
package org.voyage.indicators.evidence;

import org.jspecify.annotations.NullMarked;
