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
        description =
                "Value of a derived figure that does not follow from the recounted cells. / " + "与复算单元格推算结果不符的衍生数值。")
public record DerivedDifference(
        String indicator,

        @Schema(
                description = "codes of the breakdown, and its `year`; for a growth its `period` / "
                        + "分组的代码及年度 `year`；增速指标为期间 `period`",
                implementation = CodesByDimension.class)
        @JsonSerialize(using = CoordinatesSerializer.class)
        Map<String, String> at,

        @Schema(
                nullable = true,
                description = "value that the service answers, not rounded; null if there is none / "
                        + "服务给出的数值，未取整；没有的为 null")
        @Nullable
        BigDecimal served,

        @Schema(
                nullable = true,
                description = "value that follows from the cells; null if there is none / 由单元格推算的数值；没有的为 null")
        @Nullable
        BigDecimal derived,

        DerivedOrigin origin,

        @Schema(description = "at most 20 parts of the value; those that differ come first / 数值的构成，最多 20 项，不符的在前")
        List<DerivedPart> parts) {}
