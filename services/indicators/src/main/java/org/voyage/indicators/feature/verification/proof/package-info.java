/**
 * Whether the figures are right. Every cell of every figure at one position is counted again by other code than the one that
 * keeps them live, twice: from the evidence, and from what the record services published, read from the log's beginning.
 *
 * <p>The recount knows neither the fold nor its readers, dictionaries and cubes: it reads the JSON itself and looks at each
 * newest state once. From the cells that it gives each derived figure is derived again, by other code too, and compared with
 * what is answered at the same position. A certificate tells the outcome; each differing cell is narrowed to the first event at which it went
 * wrong.
 */
@NullMarked
package org.voyage.indicators.feature.verification.proof;

import org.jspecify.annotations.NullMarked;
