/**
 * Files as rows: NDJSON, CSV and XLSX, cut into chunks; and rows without personal data for storage.
 *
 * <p>A row that cannot be read is refused with its line and does not hinder other rows. Tables have the headings of
 * {@link org.voyage.kit.sheet.HeadingIndex} and cells that {@link org.voyage.kit.input.FieldReader} reads in text mode.
 * A blank line and a row of empty cells are no rows.
 */
@NullMarked
package org.voyage.kit.bulk.format;

import org.jspecify.annotations.NullMarked;
