package org.voyage.kit.audit;

import org.voyage.kit.database.DatabaseException;

/** The audit trail cannot be written: what depends on it must not happen. */
public class AuditUnavailable extends RuntimeException {
    AuditUnavailable(DatabaseException cause) {
        super("audit: cannot write", cause);
    }
}
