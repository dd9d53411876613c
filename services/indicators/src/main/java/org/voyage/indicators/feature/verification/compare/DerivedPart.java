package org.voyage.indicators.feature.verification.compare;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.math.BigDecimal;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.voyage.indicators.query.CodesByDimension;
import org.voyage.indicators.query.CoordinatesSerializer;

/** Part of a derived difference: an operand, as served and as recounted. */
@Schema(name = "ProofDerivedPart", description = "A value of a counted figure that a differing value is made of.")
record DerivedPart(
        @Schema(description = "what it is to the derived figure, as in `part`, `whole`, `before` or `each.term`")
        String role,

        String indicator,

        @Schema(
                description = "the codes that count, and its days: `date` of a stock, else `from` and `to`",
                implementation = CodesByDimension.class)
        @JsonSerialize(using = CoordinatesSerializer.class)
        Map<String, String> at,

        @Schema(description = "what the service sums up") BigDecimal served,

        @Schema(description = "what the cells that were counted again give")
        BigDecimal recounted) {

    boolean differs() {
        return served.compareTo(recounted) != 0;
    }
}
