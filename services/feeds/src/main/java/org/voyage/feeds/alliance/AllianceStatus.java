package org.voyage.feeds.alliance;

import com.fasterxml.jackson.annotation.JsonValue;
import org.voyage.kit.input.CodeSet;

/** Whether an admitted alliance may read. */
public enum AllianceStatus {
    ACTIVE,
    /** Every way of reading is shut. */
    SUSPENDED;

    @JsonValue
    public String code() {
        return CodeSet.toKebab(this);
    }

    static AllianceStatus of(AdmittedAlliance alliance) {
        return alliance.suspendedAt == null ? ACTIVE : SUSPENDED;
    }
}
