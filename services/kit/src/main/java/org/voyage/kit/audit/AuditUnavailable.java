package org.voyage.kit.audit;

import java.sql.SQLException;

/** The audit trail cannot be written or read: what depends on it must not happen. */
public class AuditUnavailable extends RuntimeException {
    AuditUnavailable(String step, SQLException cause) {
        super("audit: cannot " + step, cause);
    }
}
