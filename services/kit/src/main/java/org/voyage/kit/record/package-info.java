/**
 * Records and their versions: how any record of any service is written, read, listed, told to the world, renamed and
 * merged. It knows the envelope of a record (key, version, cause, withdrawal) and nothing of what is in it.
 *
 * <p>A service declares each of its records once as a {@link org.voyage.kit.record.RecordType} and writes it through
 * {@link org.voyage.kit.record.write.RecordRepository} (or {@link org.voyage.kit.record.parent.ChildRecords}, for one that belongs to another
 * and waits for it). Every write takes the same road: scope, lock, decide, nothing changed: stop, store, append to the
 * outbox; one record and a thousand of a file are the same call. What is decided, and by which rules, stands in the
 * record's own package.
 *
 * <p>Each type has two tables, made by {@code create_record_table}: the newest version of each record, and in {@code
 * _history} the ones before. Columns that lists and rules ask for are generated from the JSON by PostgreSQL.
 */
@NullMarked
package org.voyage.kit.record;

import org.jspecify.annotations.NullMarked;
