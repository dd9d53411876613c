package org.voyage.mobility.placement;

/** What students are abroad for. */
public enum Purpose {
    INTERNSHIP,
    EXCHANGE,
    STUDY,
    COMPETITION
}
