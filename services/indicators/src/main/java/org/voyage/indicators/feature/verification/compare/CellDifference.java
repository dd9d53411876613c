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
@Schema(name = "ProofDifference", description = "Cell in which live figures and recounts differ. / 实时数与复算数不符的单元格。")
public record CellDifference(
        String indicator,

        @Schema(
                description =
                        "code of each column of the figure, and its date or year. A cell of a stock has the amount that"
                                + " begins to count on that day, minus the amount that ends / "
                                + "各列的代码及日期或年度。时点指标的单元格为当日起计入数减去当日终止数",
                implementation = CodesByDimension.class)
        @JsonSerialize(using = CoordinatesSerializer.class)
        Map<String, String> at,

        @Schema(description = "amount in the live figure / 实时数")
        long live,

        @Schema(description = "amount by the evidence / 按证据库复算的数")
        long evidence,

        @Schema(description = "amount by the published events / 按已发布事件复算的数")
        long published,

        DifferenceOrigin origin,

        @Schema(
                nullable = true,
                description = "first event after which they differ; if the memory is wrong, the event that explains the"
                        + " difference best / 首个出现不符的事件；内存中的数有误的，为最能解释差额的事件")
        @Nullable
        EventLocation firstEvent,

        @Schema(
                description =
                        "if the figures in memory are wrong: the last event of each record in the cell, the newest first / "
                                + "内存中的数有误时：单元格内各记录的最后一个事件，新的在前")
        List<EventLocation> lastEvents) {}
