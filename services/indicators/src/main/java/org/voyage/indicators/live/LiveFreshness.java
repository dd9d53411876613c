package org.voyage.indicators.live;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Distance of the live figures from the end of the log. */
@Schema(
        name = "Standing",
        description = "Delay of the live figures behind the events of all services. / " + "实时指标相对各项业务事件的滞后情况。")
public record LiveFreshness(
        @Schema(description = "moment for which this holds / 此状态对应的时刻")
        Instant time,

        @Schema(description = "whether every event is applied / 是否已计入全部事件")
        boolean complete,

        @Schema(
                nullable = true,
                description =
                        "number of events that are not applied yet; null after a start, and from a failure until the next success / "
                                + "尚未计入的事件数；启动后首次读取之前，以及读取失败期间为 null",
                examples = "0")
        @Nullable
        Long lagEvents,

        @Schema(
                nullable = true,
                description =
                        "number of seconds since events are not applied; 0 if complete; null after a start, until every"
                                + " event was applied once / 有事件未计入的持续秒数；全部计入的为 0；启动后首次全部计入之前为 null",
                examples = "0")
        @Nullable
        Double lagSeconds,

        @Schema(
                nullable = true,
                description =
                        "number of events that are not stored as evidence yet, by this instance; null if another one stores them, or after a failure / "
                                + "本实例尚未存入证据库的事件数；由其他实例存入或存入失败的为 null",
                examples = "0")
        @Nullable
        Long evidenceLagEvents) {}
