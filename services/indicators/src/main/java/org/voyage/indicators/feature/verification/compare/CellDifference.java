package org.voyage.indicators.feature.verification.compare;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.feature.verification.trace.DifferenceOrigin;
import org.voyage.indicators.feature.verification.trace.EventLocation;
import org.voyage.indicators.query.CodesByDimension;
import org.voyage.indicators.query.CoordinatesSerializer;

/** One differing cell, with its amount in each source. */
@Schema(name = "ProofDifference", description = "A cell about which the live figures and the recounts do not agree.")
public record CellDifference(
        String indicator,

        @Schema(
                description =
                        "the code of each column of the figure, and its date or year. A cell of a stock holds what begins"
                                + " to count on that day, minus what ends",
                implementation = CodesByDimension.class)
        @JsonSerialize(using = CoordinatesSerializer.class)
        Map<String, String> at,

        @Schema(description = "what the figure held") long live,
        @Schema(description = "what the evidence gives") long evidence,

        @Schema(description = "what the published events give")
        long published,

        DifferenceOrigin origin,

        @Schema(
                nullable = true,
                description =
                        "the first event after which they differ; when memory went wrong, the event that explains the"
                                + " difference best")
        @Nullable
        EventLocation firstEvent,

        @Schema(
                description =
                        "when the figures in memory are wrong: the last event of each record in the cell, the newest"
                                + " first")
        List<EventLocation> lastEvents) {}
