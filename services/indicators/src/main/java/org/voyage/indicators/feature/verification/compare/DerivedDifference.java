package org.voyage.indicators.feature.verification.compare;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.query.CodesByDimension;
import org.voyage.indicators.query.CoordinatesSerializer;

/** One differing value of a derived figure, with its parts. */
@Schema(
        name = "ProofDerivedDifference",
        description = "A value of a derived figure that is not what follows from the cells that were counted again.")
public record DerivedDifference(
        String indicator,

        @Schema(
                description = "the code of what it is split by, and its `year`; of a growth its `period`",
                implementation = CodesByDimension.class)
        @JsonSerialize(using = CoordinatesSerializer.class)
        Map<String, String> at,

        @Schema(nullable = true, description = "what the service answers, not rounded; null where that is no value")
        @Nullable
        BigDecimal served,

        @Schema(nullable = true, description = "what follows from the cells; null where that is no value") @Nullable
        BigDecimal derived,

        DerivedOrigin origin,

        @Schema(description = "what it is made of, at most 20; what differs comes first")
        List<DerivedPart> parts) {}
