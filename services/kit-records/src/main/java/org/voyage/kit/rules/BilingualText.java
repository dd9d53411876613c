package org.voyage.kit.rules;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Text for people in Chinese and English. */
@Schema(name = "Bilingual")
public record BilingualText(String zh, String en) {}
