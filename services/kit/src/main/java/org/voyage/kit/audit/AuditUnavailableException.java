package org.voyage.kit.audit;

import org.voyage.kit.database.DatabaseException;

/** The audit trail cannot be written: what depends on it must not happen. */
public class AuditUnavailableException extends RuntimeException {
    AuditUnavailableException(DatabaseException cause) {
        super("audit: cannot write", cause);
    }
}
