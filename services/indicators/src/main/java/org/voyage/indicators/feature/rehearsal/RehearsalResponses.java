package org.voyage.indicators.feature.rehearsal;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.query.CodesByDimension;
import org.voyage.indicators.query.CoordinatesSerializer;
import org.voyage.indicators.query.FigureResponses.FigureHeading;
import org.voyage.indicators.query.FigureResponses.NoteAnswer;
import org.voyage.indicators.query.FigureResponses.PositionAnswer;

/** Response DTOs of rehearsals. */
final class RehearsalResponses {

    private RehearsalResponses() {}

    @Schema(name = "RehearsalRow", description = "One place, by both definitions. / 一个项目按两种口径计算的结果。")
    record RehearsalRowAnswer(
            @Schema(
                    description = "by dimension: code of this place, empty for none / 各分组维度下的代码；没有代码的为空",
                    implementation = CodesByDimension.class)
            @JsonSerialize(using = CoordinatesSerializer.class)
            Map<String, String> at,

            @Schema(
                    nullable = true,
                    description = "null if it has no value, does not allow this query, or does not exist yet / "
                            + "现行口径的数值；没有数值、不支持此查询或尚不存在的为 null")
            @Nullable
            BigDecimal active,

            @Schema(nullable = true, description = "value by the candidate, in the same way / 候选口径的数值，规则同上") @Nullable
            BigDecimal candidate,

            @Schema(
                    nullable = true,
                    description = "candidate minus active; null if either is / 候选口径减现行口径；任一为 null 的为 null")
            @Nullable
            BigDecimal difference) {

        static RehearsalRowAnswer of(DefinitionRehearsal.RehearsedRow row) {
            return new RehearsalRowAnswer(row.coordinates(), row.active(), row.candidate(), row.computeDifference());
        }
    }

    @Schema(
            name = "Rehearsal",
            description = "Both definitions over the same records of one moment. / 两种口径对同一时点同一批记录的计算结果。")
    record RehearsalAnswer(
            @Schema(
                    nullable = true,
                    description = "current definition; null for a figure that does not exist yet / 现行口径；尚不存在的指标为 null")
            @Nullable
            FigureHeading active,

            FigureHeading candidate,
            List<String> by,
            Map<String, String> filters,
            String period,
            PositionAnswer position,

            @Schema(description = "number of places / 项数") int places,

            @Schema(description = "number of places at which the two differ / 两种口径结果不同的项数")
            int differing,

            List<RehearsalRowAnswer> items,

            @Schema(
                    description = "notes for the reader, for example that one of the two lacks a dimension / "
                            + "说明，如其中一种口径没有某个维度")
            List<NoteAnswer> notes,

            @Schema(nullable = true) @Nullable String next) {}
}
