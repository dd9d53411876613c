package org.voyage.kit.access;

import java.util.Locale;
import java.util.Optional;

/** Role of a caller; the token names it in kebab case in its claim {@code roles}. */
public enum Role {
    /** A provincial education bureau: writes and reads the records of its province. */
    BUREAU,
    /** The national operations team: reads everything, writes no record. */
    OPERATOR,
    /** Reads everything and writes nothing. */
    AUDITOR,
    /** A partner alliance: reads its feed and public figures, never records. */
    ALLIANCE,
    /** Protects personal data: reads it and its audit entries in every province; reads and writes no records. */
    PRIVACY_OFFICER;

    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Role> of(String code) {
        for (var role : values()) {
            if (role.code().equals(code)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }
}
