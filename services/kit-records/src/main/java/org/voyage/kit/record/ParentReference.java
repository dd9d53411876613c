package org.voyage.kit.record;

/**
 * Reference to the parent of a record.
 *
 * @param record type of the parent, e.g. {@code overseas-school}
 */
public record ParentReference(String record, RecordKey key) {}
