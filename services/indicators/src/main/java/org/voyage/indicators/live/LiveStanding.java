package org.voyage.indicators.live;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Standing of the live figures: how far behind the log they are. */
@Schema(name = "Standing", description = "How far the live figures are behind the events of all services.")
public record LiveStanding(
        @Schema(description = "the moment of which this holds")
        Instant time,

        @Schema(description = "whether every event is applied")
        boolean complete,

        @Schema(
                nullable = true,
                description = "how many events are not applied yet; null until the log was asked",
                examples = "0")
        @Nullable
        Long lagEvents,

        @Schema(
                nullable = true,
                description = "for how many seconds events have not been applied; 0 when complete; null after a start,"
                        + " until every event was applied once",
                examples = "0")
        @Nullable
        Double lagSeconds,

        @Schema(
                nullable = true,
                description = "how many events are not stored as evidence yet; null where another instance stores them",
                examples = "0")
        @Nullable
        Long evidenceLagEvents) {}
