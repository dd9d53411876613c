/**
 * Completeness of the submissions: the progress of each province's year in each service, from the submission events.
 */
@NullMarked
package org.voyage.indicators.feature.completeness;

import org.jspecify.annotations.NullMarked;
