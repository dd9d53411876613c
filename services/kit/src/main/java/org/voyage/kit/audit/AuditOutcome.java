package org.voyage.kit.audit;

import java.util.Locale;

/** How it ended. */
public enum AuditOutcome {
    DONE,
    REFUSED;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
