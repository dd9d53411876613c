package org.voyage.indicators.reference;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Label of a code in the two languages of the platform. */
@Schema(name = "Label")
public record CodeLabel(String zh, String en) {}
