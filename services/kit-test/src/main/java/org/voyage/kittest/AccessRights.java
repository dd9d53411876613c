package org.voyage.kittest;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What each kind of caller may do with an operation, for a line of an {@link AccessMatrix}. */
public record AccessRights(Map<TestCaller, AccessRight> rights) {

    /** The callers that are tried. */
    public enum TestCaller {
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
        String tokenOf(String own, String other) {
            return switch (this) {
                case BUREAU -> TestTokens.bureauToken(own);
                case NEIGHBOUR -> TestTokens.bureauToken(other);
                case OPERATOR -> TestTokens.operatorToken();
                case AUDITOR -> TestTokens.auditorToken();
                case ALLIANCE -> TestTokens.allianceToken("WFCP");
                case PRIVACY_OFFICER -> TestTokens.privacyOfficerToken();
                case ANONYMOUS -> null;
            };
        }
    }

    /** How far a caller gets. */
    public enum AccessRight {
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
    public static final AccessRights READ = bureaus(AccessRight.OWN)
            .withRight(TestCaller.OPERATOR, AccessRight.ALL)
            .withRight(TestCaller.AUDITOR, AccessRight.ALL);
    /** Only bureaus, and only their own. */
    public static final AccessRights WRITE = bureaus(AccessRight.OWN);
    /** Only operators. */
    public static final AccessRights OPERATE =
            bureaus(AccessRight.NONE).withRight(TestCaller.OPERATOR, AccessRight.ALL);
    /** Whoever has a token. */
    public static final AccessRights EVERYBODY = bureaus(AccessRight.ALL)
            .withRight(TestCaller.OPERATOR, AccessRight.ALL)
            .withRight(TestCaller.AUDITOR, AccessRight.ALL)
            .withRight(TestCaller.ALLIANCE, AccessRight.ALL)
            .withRight(TestCaller.PRIVACY_OFFICER, AccessRight.ALL);

    private static AccessRights bureaus(AccessRight right) {
        Map<TestCaller, AccessRight> rights = new EnumMap<>(TestCaller.class);
        for (TestCaller who : TestCaller.values()) {
            rights.put(who, AccessRight.NONE);
        }
        rights.put(TestCaller.BUREAU, right);
        rights.put(TestCaller.NEIGHBOUR, right);
        rights.put(TestCaller.ANONYMOUS, AccessRight.UNKNOWN);
        return new AccessRights(rights);
    }

    /** The same but for one kind of caller. */
    public AccessRights withRight(TestCaller who, AccessRight right) {
        Map<TestCaller, AccessRight> changed = new EnumMap<>(rights);
        changed.put(who, right);
        return new AccessRights(changed);
    }

    AccessRight rightOf(TestCaller who) {
        return Objects.requireNonNull(rights.get(who));
    }
}
