package org.voyage.indicators.query;

/** A country list as its members were at the time that a value stands for, or as they are today. */
public record ListMoment(String list, boolean then) {

    @Override
    public String toString() {
        return list + (then ? "@then" : "@now");
    }
}
