package org.voyage.indicators.definition;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A text in the two languages of the platform. */
@Schema(name = "Text")
public record LocalizedText(String zh, String en) {}
