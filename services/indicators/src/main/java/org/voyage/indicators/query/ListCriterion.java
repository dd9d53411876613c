package org.voyage.indicators.query;

/**
 * Criterion of membership in a list of countries or colleges, at the time of a value or today.
 *
 * @param wantsMembers whether the criterion matches members; otherwise it matches all others
 */
public record ListCriterion(String list, boolean isAsThen, boolean wantsMembers) {

    /** Prefix of a filter that matches countries or colleges outside the list. */
    public static final String NOT_PREFIX = "!";

    /** Creates a criterion that matches members. */
    public ListCriterion(String list, boolean then) {
        this(list, then, true);
    }

    /** Returns the criterion for the same list and time, for members or for all others. */
    public ListCriterion withMembers(boolean members) {
        return new ListCriterion(list, isAsThen, members);
    }

    /** Returns whether the criterion matches a member, or a non-member. */
    public boolean matchesMember(boolean member) {
        return member == wantsMembers;
    }

    @Override
    public String toString() {
        return (wantsMembers ? "" : NOT_PREFIX) + list + (isAsThen ? "@then" : "@now");
    }
}
