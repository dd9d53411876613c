/**
 * Records as tables for people: Chinese and English headings, code lists and spreadsheets.
 *
 * <p>{@link org.voyage.kit.sheet.RecordForm} is a record's description from {@code /contracts/records/<record>.yaml} on
 * the class path. It defines the headings of a table, the names of codes and the template of {@link
 * org.voyage.kit.sheet.TemplateFile}.
 *
 * <p>Spreadsheets are written with fastexcel. {@link org.voyage.kit.sheet.XlsxFile} reads them on the zip reader of
 * Commons Compress and the StAX reader of the JDK. Three libraries were measured with a heap of 256 MB:
 *
 * <ul>
 *   <li>fastexcel-reader 0.19 runs out of memory at a cell in column {@code ZZZZZZ} and at a cell of 50 MB. A number
 *       that cannot be read ends the whole file. It takes {@code date1904="1"} for false and holds the packed file in
 *       memory.
 *   <li>excel-streaming-reader 5.2 runs out of memory at {@code <col max="2000000000">}. It needs twice the memory and
 *       half again as much time.
 *   <li>The event model of Apache POI 5.5 needs 171 MB for a file of 64,000 cell styles, where this reader needs 18 MB.
 *       It limits no cell text. Its row handler drops a formula without a value and takes no number format of East
 *       Asia, so the kit would need its own row handler as well. It adds 17 MB of libraries.
 * </ul>
 */
@NullMarked
package org.voyage.kit.sheet;

import org.jspecify.annotations.NullMarked;
