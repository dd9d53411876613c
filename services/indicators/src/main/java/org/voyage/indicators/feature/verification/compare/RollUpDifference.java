package org.voyage.indicators.feature.verification.compare;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.voyage.indicators.query.CodesByDimension;
import org.voyage.indicators.query.CoordinatesSerializer;

/** One differing cell of a roll-up. */
@Schema(
        name = "ProofRollUpDifference",
        description = "Cell of a roll-up that is not the sum of the figure's cells. / " + "与各单元格之和不符的上卷汇总单元格。")
public record RollUpDifference(
        String indicator,

        @Schema(
                description =
                        "code of each column of the roll-up, and its date or year; the last day of a year represents all"
                                + " of its days / 上卷汇总各列的代码及日期或年度；年度以其最后一天表示",
                implementation = CodesByDimension.class)
        @JsonSerialize(using = CoordinatesSerializer.class)
        Map<String, String> at,

        @Schema(description = "amount in the roll-up / 上卷汇总中的数")
        long held,

        @Schema(description = "sum of its cells / 各单元格之和") long sum,

        @Schema(description = "number of cells other than 0 that the roll-up claims to sum up / 上卷汇总所记的非零单元格个数")
        int cellsHeld,

        @Schema(description = "their real number / 实际个数") int cells) {}
