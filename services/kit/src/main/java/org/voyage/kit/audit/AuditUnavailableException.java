package org.voyage.kit.audit;

import org.voyage.kit.database.DatabaseException;

/** Failure to write the audit trail: the action that needs the entry must not happen. */
public class AuditUnavailableException extends RuntimeException {
    AuditUnavailableException(DatabaseException cause) {
        super("audit: cannot write", cause);
    }
}
