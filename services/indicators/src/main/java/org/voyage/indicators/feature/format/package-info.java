/**
 * One answer in five formats: JSON, CSV, a spreadsheet, SDMX-CSV and SDMX-JSON. Each is a pure function of a {@link
 * org.voyage.indicators.feature.format.ValuesReport}: the same answer gives the same bytes, which is what strong entity tags need.
 */
@NullMarked
package org.voyage.indicators.feature.format;

import org.jspecify.annotations.NullMarked;
