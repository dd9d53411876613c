package org.voyage.kit.audit;

import java.util.Locale;

/** Outcome of the action in an audit entry. */
public enum AuditOutcome {
    DONE,
    REFUSED;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
