package org.voyage.kit.audit;

/**
 * One step of one record, as an entry of the audit trail lists it.
 *
 * @param key of the record
 * @param version after the change
 * @param kind of change, e.g. {@code corrected}
 */
public record AuditChange(String key, long version, String kind) {}
