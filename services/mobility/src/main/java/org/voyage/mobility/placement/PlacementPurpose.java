package org.voyage.mobility.placement;

/** Purpose of students' stay abroad. */
public enum PlacementPurpose {
    INTERNSHIP,
    EXCHANGE,
    STUDY,
    COMPETITION
}
