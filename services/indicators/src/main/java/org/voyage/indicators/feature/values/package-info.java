/**
 * Questions for values: of one figure or of several at one cut, the largest of them, their totals and shares, in every
 * format, with strong entity tags.
 */
@NullMarked
package org.voyage.indicators.feature.values;

import org.jspecify.annotations.NullMarked;
