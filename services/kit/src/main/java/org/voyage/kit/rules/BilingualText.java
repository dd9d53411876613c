package org.voyage.kit.rules;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A text for people, in both languages. */
@Schema(name = "Bilingual")
public record BilingualText(String zh, String en) {}
