/** Answers that are also files for people: their format, and the response. */
@NullMarked
package org.voyage.indicators.feature.tabular;

import org.jspecify.annotations.NullMarked;
