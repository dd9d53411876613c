package org.voyage.kittest;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What each kind of caller may do with an operation, for a line of an {@link AccessMatrix}. */
public record Access(Map<Who, Right> rights) {

    /** The callers that are tried. */
    public enum Who {
        BUREAU,
        /** The bureau of another province; what is the first one's is another's for it. */
        NEIGHBOUR,
        OPERATOR,
        AUDITOR,
        ALLIANCE,
        PRIVACY_OFFICER,
        ANONYMOUS;

        /** A bearer token, or none. */
        @Nullable
        String token(String own, String other) {
            return switch (this) {
                case BUREAU -> Tokens.bureau(own);
                case NEIGHBOUR -> Tokens.bureau(other);
                case OPERATOR -> Tokens.operator();
                case AUDITOR -> Tokens.auditor();
                case ALLIANCE -> Tokens.alliance("WFCP");
                case PRIVACY_OFFICER -> Tokens.privacyOfficer();
                case ANONYMOUS -> null;
            };
        }
    }

    /** How far a caller gets. */
    public enum Right {
        /** Everything that is there; 404 for what is not. */
        ALL,
        /** What is its province's; 404, one like the other, for another's and for what is not there. */
        OWN,
        /** 403, whatever is named. */
        NONE,
        /** 401, whatever is named. */
        UNKNOWN
    }

    /** Records and what hangs on them: a bureau its own, operators and auditors all. */
    public static final Access READ =
            bureaus(Right.OWN).and(Who.OPERATOR, Right.ALL).and(Who.AUDITOR, Right.ALL);
    /** Only bureaus, and only their own. */
    public static final Access WRITE = bureaus(Right.OWN);
    /** Only operators. */
    public static final Access OPERATE = bureaus(Right.NONE).and(Who.OPERATOR, Right.ALL);
    /** Whoever has a token. */
    public static final Access EVERYBODY = bureaus(Right.ALL)
            .and(Who.OPERATOR, Right.ALL)
            .and(Who.AUDITOR, Right.ALL)
            .and(Who.ALLIANCE, Right.ALL)
            .and(Who.PRIVACY_OFFICER, Right.ALL);

    private static Access bureaus(Right right) {
        Map<Who, Right> rights = new EnumMap<>(Who.class);
        for (Who who : Who.values()) {
            rights.put(who, Right.NONE);
        }
        rights.put(Who.BUREAU, right);
        rights.put(Who.NEIGHBOUR, right);
        rights.put(Who.ANONYMOUS, Right.UNKNOWN);
        return new Access(rights);
    }

    /** The same but for one kind of caller. */
    public Access and(Who who, Right right) {
        Map<Who, Right> changed = new EnumMap<>(rights);
        changed.put(who, right);
        return new Access(changed);
    }

    Right of(Who who) {
        return Objects.requireNonNull(rights.get(who));
    }
}
