/**
 * Completeness of the submissions: the progress of each province's year in each service, from the submission events. {@link
 * org.voyage.indicators.feature.completeness.HeadlineRule} decides which year of a figure is its headline.
 */
@NullMarked
package org.voyage.indicators.feature.completeness;

import org.jspecify.annotations.NullMarked;
