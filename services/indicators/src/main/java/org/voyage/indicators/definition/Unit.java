package org.voyage.indicators.definition;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Unit of a figure, for instance {@code students} 人. */
@Schema(name = "Unit")
public record Unit(String code, String zh, String en) {}
