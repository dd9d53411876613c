package org.voyage.indicators.query;

/**
 * A list of countries or colleges as its members were at the time that a value stands for, or as they are today.
 *
 * @param wantsMembers whether those on it are meant; else all others
 */
public record ListCriterion(String list, boolean isAsThen, boolean wantsMembers) {

    /** What a filter begins with that asks for those who are not on the list. */
    public static final String NOT_PREFIX = "!";

    /** Those on the list. */
    public ListCriterion(String list, boolean then) {
        this(list, then, true);
    }

    /** The same list at the same moment, for its members or for all others. */
    public ListCriterion withMembers(boolean members) {
        return new ListCriterion(list, isAsThen, members);
    }

    /** Whether who is, or is not, a member is meant. */
    public boolean matchesMember(boolean member) {
        return member == wantsMembers;
    }

    @Override
    public String toString() {
        return (wantsMembers ? "" : NOT_PREFIX) + list + (isAsThen ? "@then" : "@now");
    }
}
