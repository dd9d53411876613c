/** Every version of every fact, with its place in the log, and the reader's offsets in the same transaction: exactly once. */
@NullMarked
package org.voyage.indicators.evidence;

import org.jspecify.annotations.NullMarked;
