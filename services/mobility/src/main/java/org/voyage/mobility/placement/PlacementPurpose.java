package org.voyage.mobility.placement;

/** What students are abroad for. */
public enum PlacementPurpose {
    INTERNSHIP,
    EXCHANGE,
    STUDY,
    COMPETITION
}
