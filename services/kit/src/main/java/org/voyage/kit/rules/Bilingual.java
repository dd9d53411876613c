package org.voyage.kit.rules;

/** A text for people, in both languages. */
public record Bilingual(String zh, String en) {}
