package org.voyage.indicators.feature.verification.compare;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.math.BigDecimal;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.voyage.indicators.query.CodesByDimension;
import org.voyage.indicators.query.CoordinatesSerializer;

/** Part of a derived difference: an operand, as served and as recounted. */
@Schema(
        name = "ProofDerivedPart",
        description = "Value of a counted figure that is part of a differing value. / 不符数值所依据的计数指标数值。")
record DerivedPart(
        @Schema(
                description = "its role in the derived figure, such as `part`, `whole`, `before` or `each.term` / "
                        + "在衍生指标中的作用，如 `part`（分子）、`whole`（分母）、`before`（上期）、`each.term`（逐项的加项）")
        String role,

        String indicator,

        @Schema(
                description = "codes that count, and days: `date` of a stock, else `from` and `to` / "
                        + "计入的代码和日期：时点指标为 `date`，其他为 `from` 和 `to`",
                implementation = CodesByDimension.class)
        @JsonSerialize(using = CoordinatesSerializer.class)
        Map<String, String> at,

        @Schema(description = "sum in the service / 服务汇总的数值")
        BigDecimal served,

        @Schema(description = "sum of the recounted cells / 复算单元格汇总的数值")
        BigDecimal recounted) {

    boolean differs() {
        return served.compareTo(recounted) != 0;
    }
}
