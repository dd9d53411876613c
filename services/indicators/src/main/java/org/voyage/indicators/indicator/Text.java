package org.voyage.indicators.indicator;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A text in the two languages of the platform. */
@Schema(name = "Text")
public record Text(String zh, String en) {}
