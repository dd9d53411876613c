package org.voyage.indicators.query;

/**
 * A list of countries or colleges as its members were at the time that a value stands for, or as they are today.
 *
 * @param members whether those on it are meant; else all others
 */
public record ListMoment(String list, boolean then, boolean members) {

    /** What a filter begins with that asks for those who are not on the list. */
    static final String NOT = "!";

    /** Those on the list. */
    public ListMoment(String list, boolean then) {
        this(list, then, true);
    }

    /** The same list at the same moment, for its members or for all others. */
    public ListMoment of(boolean members) {
        return new ListMoment(list, then, members);
    }

    /** Whether who is, or is not, a member is meant. */
    public boolean means(boolean member) {
        return member == members;
    }

    @Override
    public String toString() {
        return (members ? "" : NOT) + list + (then ? "@then" : "@now");
    }
}
