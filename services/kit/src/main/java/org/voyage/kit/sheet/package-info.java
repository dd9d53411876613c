/**
 * Records as a clerk sees them: as a table with Chinese and English headings, code lists and a spreadsheet around it.
 *
 * <p>{@link org.voyage.kit.sheet.RecordForm} is a record's description from {@code /contracts/records/<record>.yaml} on
 * the class path. From it come the headings that a table may have, the names that codes may be called by and the
 * template that {@link org.voyage.kit.sheet.TemplateFile} answers.
 *
 * <p>Spreadsheets are written with fastexcel. They are read by {@link org.voyage.kit.sheet.XlsxFile} on the JDK's zip
 * and StAX readers and not with fastexcel-reader 0.19: that one keeps a shared text for ever larger indexes in memory,
 * makes room for whatever column a cell claims, takes Excel's {@code date1904="1"} for false and puts no limit on
 * anything. A file from a stranger must not be able to do that.
 */
@NullMarked
package org.voyage.kit.sheet;

import org.jspecify.annotations.NullMarked;
