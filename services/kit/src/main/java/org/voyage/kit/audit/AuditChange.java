package org.voyage.kit.audit;

/**
 * Change of one record, as listed in an audit entry.
 *
 * @param key of the record
 * @param version after the change
 * @param kind of change, e.g. {@code corrected}
 */
public record AuditChange(String key, long version, String kind) {}
