package org.voyage.indicators.query.http;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.evidence.checkpoint.CheckpointHistory;
import org.voyage.indicators.live.LiveFreshness;
import org.voyage.indicators.live.LiveFreshnessProbe;
import org.voyage.indicators.query.FigureAccessPolicy;
import org.voyage.kit.database.DatabaseException;
import org.voyage.kit.problem.Refusal;

/** HTTP resource of the freshness of the figures: how far they are behind the log, and how far back they are known. */
@Path("/v1/standing")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Indicators")
@RunOnVirtualThread
public class FreshnessResource {

    private static final int RETRY_AFTER_SECONDS = 2;

    private final LiveFreshnessProbe live;
    private final CheckpointHistory knowledge;
    private final FigureAccessPolicy accessPolicy;
    /** The first moment with knowledge; it stays the same. Null until it was read. */
    private volatile @Nullable Instant firstKnown;

    FreshnessResource(LiveFreshnessProbe live, CheckpointHistory knowledge, FigureAccessPolicy accessPolicy) {
        this.live = live;
        this.knowledge = knowledge;
        this.accessPolicy = accessPolicy;
    }

    /** Standing of the figures. */
    @Schema(
            name = "StandingAnswer",
            description = "Delay of the figures, and the first moment of as-of queries. / 指标的实时状态和最早可查时点。")
    public record StandingAnswer(
            LiveFreshness live,

            @Schema(
                    nullable = true,
                    description = "first moment for asOf, from and to; null while no event is stored / "
                            + "asOf、from 和 to 可填的最早时点；尚无事件的为 null")
            @Nullable
            Instant firstKnownAt) {}

    @GET
    @Operation(
            operationId = "getStanding",
            summary = "How current the figures are / 指标的实时状态",
            description =
                    "The number of events that are not applied yet, the duration of the delay, and the first moment of"
                            + " as-of queries. The stream sends the same as `event: standing`. / "
                            + "尚未计入的事件数、滞后时间，以及最早可查时点。数据流以 `event: standing` 发送同样的内容。")
    public StandingAnswer getStanding() {
        accessPolicy.visibleProvince();
        return new StandingAnswer(live.readStanding(), readFirstKnown());
    }

    private @Nullable Instant readFirstKnown() {
        Instant known = firstKnown;
        if (known == null) {
            try {
                known = knowledge
                        .findBeginning()
                        .map(before -> before.plus(1, ChronoUnit.MICROS))
                        .orElse(null);
            } catch (DatabaseException e) {
                throw new Refusal.Unavailable(RETRY_AFTER_SECONDS);
            }
            firstKnown = known;
        }
        return known;
    }
}
