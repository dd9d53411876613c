package org.voyage.kittest;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Rights of each kind of caller to an operation, for a row of an {@link AccessMatrix}. */
public record AccessRights(Map<TestCaller, AccessRight> rights) {

    /** Codes of the alliances in the test. */
    public static final String ALLIANCE_CODE = "WFCP";

    public static final String OTHER_ALLIANCE_CODE = "OTHER";

    /** Kinds of callers in the test. */
    public enum TestCaller {
        BUREAU,
        /** Bureau of another province, for which the first bureau's objects are foreign. */
        NEIGHBOUR,
        OPERATOR,
        AUDITOR,
        ALLIANCE,
        /** Another alliance, for which the first alliance's objects are foreign; it calls operations of alliances only. */
        OTHER_ALLIANCE,
        PRIVACY_OFFICER,
        ANONYMOUS;

        /** Returns a bearer token, or none. */
        @Nullable
        String tokenOf(String own, String other) {
            return switch (this) {
                case BUREAU -> TestTokens.bureauToken(own);
                case NEIGHBOUR -> TestTokens.bureauToken(other);
                case OPERATOR -> TestTokens.operatorToken();
                case AUDITOR -> TestTokens.auditorToken();
                case ALLIANCE -> TestTokens.allianceToken(ALLIANCE_CODE);
                case OTHER_ALLIANCE -> TestTokens.allianceToken(OTHER_ALLIANCE_CODE);
                case PRIVACY_OFFICER -> TestTokens.privacyOfficerToken();
                case ANONYMOUS -> null;
            };
        }
    }

    /** Extent of a caller's right. */
    public enum AccessRight {
        /** All existing objects; 404 for an absent one. */
        ALL,
        /** Objects of the caller's province or alliance; the same 404 for another's object and for an absent one. */
        OWN,
        /** No object: always 403. */
        NONE,
        /** No valid caller: always 401. */
        UNKNOWN
    }

    /** Records and their related objects: a bureau reads its own, operators and auditors read all. */
    public static final AccessRights READ = bureaus(AccessRight.OWN)
            .withRight(TestCaller.OPERATOR, AccessRight.ALL)
            .withRight(TestCaller.AUDITOR, AccessRight.ALL);
    /** Bureaus write, and only their own objects. */
    public static final AccessRights WRITE = bureaus(AccessRight.OWN);
    /** Operators only. */
    public static final AccessRights OPERATE =
            bureaus(AccessRight.NONE).withRight(TestCaller.OPERATOR, AccessRight.ALL);
    /** Every caller with a token. */
    public static final AccessRights EVERYBODY = bureaus(AccessRight.ALL)
            .withRight(TestCaller.OPERATOR, AccessRight.ALL)
            .withRight(TestCaller.AUDITOR, AccessRight.ALL)
            .withRight(TestCaller.ALLIANCE, AccessRight.ALL)
            .withRight(TestCaller.PRIVACY_OFFICER, AccessRight.ALL);

    /** Objects of alliances: an alliance reads its own, operators and auditors read all. */
    public static final AccessRights ALLIANCE_READ = bureaus(AccessRight.NONE)
            .withRight(TestCaller.ALLIANCE, AccessRight.OWN)
            .withRight(TestCaller.OTHER_ALLIANCE, AccessRight.OWN)
            .withRight(TestCaller.OPERATOR, AccessRight.ALL)
            .withRight(TestCaller.AUDITOR, AccessRight.ALL);
    /** Alliances only, and only their own objects. */
    public static final AccessRights ALLIANCE_WRITE = bureaus(AccessRight.NONE)
            .withRight(TestCaller.ALLIANCE, AccessRight.OWN)
            .withRight(TestCaller.OTHER_ALLIANCE, AccessRight.OWN);

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

    /** Returns these rights with another right for one kind of caller. */
    public AccessRights withRight(TestCaller who, AccessRight right) {
        Map<TestCaller, AccessRight> changed = new EnumMap<>(rights);
        changed.put(who, right);
        return new AccessRights(changed);
    }

    AccessRight rightOf(TestCaller who) {
        return Objects.requireNonNull(rights.get(who));
    }
}
