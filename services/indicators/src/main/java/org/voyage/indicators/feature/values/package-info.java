/**
 * List of the figures with their headlines, and values of one or several from one view: the largest values, totals and
 * shares, in every format, with strong entity tags.
 */
@NullMarked
package org.voyage.indicators.feature.values;

import org.jspecify.annotations.NullMarked;
