package org.voyage.kit.record;

/**
 * The record that another one belongs to.
 *
 * @param record its type, e.g. {@code overseas-school}
 */
public record ParentReference(String record, RecordKey key) {}
