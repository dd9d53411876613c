package org.voyage.indicators.live;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Event that triggered a change of a figure. */
@Schema(name = "TriggeringEvent")
public record TriggeringEvent(String topic, String key, int version, String change) {}
