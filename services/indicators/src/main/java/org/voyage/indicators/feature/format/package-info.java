/**
 * Formats of reports: JSON, CSV, a spreadsheet, SDMX-CSV and SDMX-JSON. Each format is a pure function of a {@link
 * org.voyage.indicators.feature.format.ValuesReport}. Equal reports give equal bytes, which strong entity tags need.
 */
@NullMarked
package org.voyage.indicators.feature.format;

import org.jspecify.annotations.NullMarked;
