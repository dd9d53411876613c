package org.voyage.kit.access;

import java.util.Locale;
import java.util.Optional;

/** What a caller is to the platform; the token names it in kebab case in its {@code roles}. */
public enum Role {
    /** A provincial education bureau: writes and reads what is its province's. */
    BUREAU,
    /** The national operations team: reads everything, writes no record. */
    OPERATOR,
    /** Looks into everything and changes nothing. */
    AUDITOR,
    /** A partner alliance: reads its feed and public figures, never records. */
    ALLIANCE,
    /** Looks after personal data: reads it and who else did, in every province; reads and writes no records. */
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
