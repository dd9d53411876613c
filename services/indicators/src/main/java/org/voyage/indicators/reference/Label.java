package org.voyage.indicators.reference;

/** The name of a code in the two languages of the platform. */
public record Label(String zh, String en) {}
