/**
 * Files of records, of any size, in bounded memory.
 *
 * <p>A resource hands the body of {@code POST …/batches} to {@link org.voyage.kit.bulk.BulkRun} together with a {@link
 * org.voyage.kit.bulk.RowHandler}, which knows the record. The engine reads NDJSON or CSV, cuts it into chunks, opens
 * the transactions, tries again after a conflict, keeps the outcome of every row and answers.
 *
 * <ul>
 *   <li>A row is the record's fields beside {@code sourceId} and, if wanted, {@code province} (the caller's own), or
 *       {@code sourceId}, {@code withdraw: true} and {@code reason}. A {@code refusedBecause} is ignored.
 *   <li>A row that cannot be read is refused with its line; it does not hinder the others.
 *   <li>{@code mode=rows}: a transaction per chunk. The outcomes of a chunk are written in that same transaction, so
 *       after a crash {@code batch_chunk} says exactly which rows are stored. {@code mode=all}: one transaction, all
 *       rows or none; its counts hold only once the batch is done. {@code dryRun=true}: the same in one transaction
 *       that is rolled back.
 *   <li>No chunk holds the same {@code sourceId} twice; a file may.
 *   <li>CSV: UTF-8 with or without a byte order mark, comma, a header line, RFC 4180 quoting with line breaks inside
 *       quotes, lists and small objects in a cell as {@link org.voyage.kit.web.FieldReader} says. A row of empty cells
 *       and a blank line are no rows. The reader is our own: it must give each row's exact text back, go on after a
 *       broken row and never hold more than one row, which a general CSV parser does not do.
 * </ul>
 *
 * <p>Configuration: {@link org.voyage.kit.bulk.BulkConfig}. A service without batches sets
 * {@code voyage.bulk.enabled=false} at build time and leaves the tables out.
 */
@NullMarked
package org.voyage.kit.bulk;

import org.jspecify.annotations.NullMarked;
