/**
 * Files of records, of any size, in bounded memory.
 *
 * <p>A resource hands the body of {@code POST …/batches} to {@link org.voyage.kit.bulk.BatchUploadHandler} with its
 * record's name. A bean of type {@link org.voyage.kit.bulk.RowHandler} knows the record. The engine receives the
 * complete file, reads it as NDJSON, CSV or XLSX and cuts it into chunks. It opens the transactions, repeats them after
 * a conflict, stores the outcome of every row and answers.
 *
 * <ul>
 *   <li>A row is the record's fields with {@code sourceId} and, optionally, {@code province} (the caller's own), or
 *       {@code sourceId}, {@code withdraw: true} and {@code reason}. A {@code refusedBecause} is ignored.
 *   <li>A row that cannot be read is refused with its line; it does not hinder the others.
 *   <li>The file is on the local disk, encrypted and flushed, before its first row is stored. {@code mode=rows}: a
 *       transaction per chunk. That transaction also writes the outcomes of the chunk. After a crash {@code
 *       batch_chunk} therefore has exactly the stored rows, and the instance with the file continues behind them.
 *       {@code mode=all}: one transaction, all rows or none, the batch's end with it; its counts hold only once the
 *       batch is done. {@code dryRun=true}: the same in one transaction that is rolled back. Both start over after a
 *       crash. A dry run for which other writes wait starts over too; its last attempt tries the rest in parts.
 *   <li>{@link org.voyage.kit.bulk.BatchLeaseStore} counts the attempts at a batch. The batch fails after a limited
 *       number of attempts in a row that store no chunk.
 *   <li>No chunk holds the same {@code sourceId} twice; a file may.
 *   <li>Tables (CSV, XLSX) have headings as {@link org.voyage.kit.sheet.HeadingIndex} knows them and cells as {@link
 *       org.voyage.kit.input.FieldReader} reads them in text mode. A row of empty cells and a blank line are no rows.
 *       Jackson reads the cells of a CSV row. This package cuts the file into rows, so that it can return each row's
 *       exact text, continue after a broken row and hold no more than one row.
 *   <li>The causes of refused rows are counted in {@code batch_cause}, in the transaction that records the rows.
 *   <li>Of records with personal fields ({@code personal: true} in their form) no table of this package holds a
 *       personal value in a form that can be read: {@link org.voyage.kit.bulk.format.RowRedactor}. A refused row is
 *       kept with {@code ***} in its personal cells, or not at all if those cells cannot be identified. A {@code ***}
 *       that is sent again is refused. A handler keeps personal values out of the texts of its findings; this package
 *       hides quoted values again.
 *   <li>An upload is on the disk only as a {@link org.voyage.kit.bulk.spool.SpoolFile}, whose key is in the batch's row
 *       until the batch ends; there is no unpacked copy.
 * </ul>
 *
 * <p>Configuration: {@link org.voyage.kit.bulk.BulkConfig}.
 */
@NullMarked
package org.voyage.kit.bulk;

import org.jspecify.annotations.NullMarked;
