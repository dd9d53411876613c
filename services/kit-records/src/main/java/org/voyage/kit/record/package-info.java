/**
 * Records and their versions: writing, reading, listing, publishing, renaming and merging, for every record of every
 * service. The package knows the envelope of a record (key, version, cause, withdrawal) and not its content.
 *
 * <p>A service declares each of its records once as a {@link org.voyage.kit.record.RecordType} and writes it through
 * {@link org.voyage.kit.record.write.RecordRepository} (or {@link org.voyage.kit.record.parent.ChildRecords}, for a
 * child record, which waits for its parent). Every write takes the same steps: scope, lock, decide, stop if nothing
 * changed, store, append to the outbox. One record and a thousand of a file are the same call. The decision and its
 * rules are in the record's own package.
 *
 * <p>Each type has two tables, made by {@code create_record_table}: the newest version of each record, and in {@code
 * _history} the older ones. PostgreSQL generates the columns for lists and rules from the JSON.
 */
@NullMarked
package org.voyage.kit.record;

import org.jspecify.annotations.NullMarked;
