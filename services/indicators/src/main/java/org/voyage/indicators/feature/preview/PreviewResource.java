package org.voyage.indicators.feature.preview;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.fact.FactEvent;
import org.voyage.indicators.fact.FactReaderRegistry;
import org.voyage.indicators.fact.FactState;
import org.voyage.indicators.fact.UnreadableEventException;
import org.voyage.indicators.feature.completeness.CoverageCalculator;
import org.voyage.indicators.feature.preview.ImpactCalculator.ComparedSide;
import org.voyage.indicators.feature.preview.PreviewResponses.PreviewAnswer;
import org.voyage.indicators.feature.preview.PreviewResponses.PreviewRequest;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.query.Bulkhead;
import org.voyage.indicators.query.FigureAccessPolicy;
import org.voyage.indicators.query.FigureResponses.PositionAnswer;
import org.voyage.kit.http.CostCategory;
import org.voyage.kit.http.JsonBodyReader;
import org.voyage.kit.http.RequestCost;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;

/** HTTP resource: previews of figures with hypothetical records. */
@Path("/v1/previews")
@Produces(MediaType.APPLICATION_JSON)
@Tag(
        name = "Previews",
        description = "Effect of a set of changes on every figure; nothing is stored / " + "影响预览：一组变更对各项指标的影响，不入库")
@RunOnVirtualThread
@CostCategory(RequestCost.LARGE)
public class PreviewResource {

    private static final String NDJSON_TYPE = "application/x-ndjson";
    private static final int MAX_FINDINGS = 100;
    /** Number of longest bodies held at once; of shorter bodies more. */
    static final int MAX_OBJECTS_HELD = 16;

    private static final int MAX_FILES_HELD = 2;
    private static final ImpactCalculator.ImpactDisplay IMPACT_DISPLAY = new ImpactCalculator.ImpactDisplay(
            ImpactCalculator.ImpactDimensions.EVERYWHERE, ImpactCalculator.NEWEST_FIRST, 10_000);

    private final LiveFigures live;
    private final ImpactCalculator outlook;
    private final CoverageCalculator coverage;
    private final FigureAccessPolicy accessPolicy;
    private final Clock clock;
    private final PreviewRequestParser reader;
    /** Each request keeps one processor busy and needs its own sums. */
    private final Bulkhead previewBulkhead = new Bulkhead(1);
    /** Limits the bytes of bodies and parsed content that are held at once, also for slow clients. */
    private final Bulkhead objectBulkhead;

    private final Bulkhead fileBulkhead;

    PreviewResource(
            LiveFigures live,
            ImpactCalculator outlook,
            CoverageCalculator coverage,
            PreviewRequestParser reader,
            FigureAccessPolicy accessPolicy,
            Clock clock) {
        this.live = live;
        this.outlook = outlook;
        this.coverage = coverage;
        this.accessPolicy = accessPolicy;
        this.clock = clock;
        this.reader = reader;
        this.objectBulkhead = new Bulkhead(MAX_OBJECTS_HELD * JsonBodyReader.MAX_BODY_BYTES);
        this.fileBulkhead = new Bulkhead(MAX_FILES_HELD * PreviewRequestParser.MAX_LINES_BYTES);
    }

    @POST
    @Consumes({MediaType.APPLICATION_JSON, NDJSON_TYPE})
    @Operation(
            operationId = "previewChanges",
            summary = "Effect of changes on the figures / 预览变更对指标的影响",
            description =
                    "Takes records as they would be, and returns every figure that would move, counted or derived."
                            + " Each has its years, and the values and places of provinces, countries and the codes of other"
                            + " dimensions with a list. Nothing is stored. If the same records, and nothing else, go to their"
                            + " services, the figures become exactly these. The service checks a state against the schema of its"
                            + " record. A dry run says whether its service would take it. The result of a dry run with"
                            + " dryRun=changes can be sent as it is: one record a line, up to 20000. A bureau sends records of"
                            + " its own province. The service makes one preview at a time, while queries and events go on. A"
                            + " request that would wait long is refused and can be sent again. / "
                            + "提交假设的记录，返回将会变动的全部指标（含衍生指标）：各年度，以及省份、国家和其他有代码表维度的数"
                            + "值和位次。不入库。若其间没有其他报送，将同样的记录报送后，指标即为此结果。内容按记录的格式检查；能"
                            + "否入库以试运行为准，dryRun=changes 的试运行结果可直接提交，每行一条记录，最多 20000 条。省级用户只"
                            + "能提交本省记录。同一时间只进行一次预览，不影响查询和事件处理；需等待较长时间的请求会被拒绝，可重新"
                            + "发送。")
    @RequestBody(
            required = true,
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = PreviewRequest.class)),
                @Content(mediaType = NDJSON_TYPE, schema = @Schema(implementation = String.class))
            })
    public PreviewAnswer preview(
            @HeaderParam("Content-Type") @Parameter(hidden = true) @Nullable String type,
            @HeaderParam("Content-Encoding") @Parameter(hidden = true) @Nullable String encoding,
            @HeaderParam("Content-Length") @Parameter(hidden = true) @Nullable Long length,
            InputStream body)
            throws IOException {
        Optional<String> province = accessPolicy.visibleProvince();
        accessPolicy.requireFiguresReady();
        boolean lines = type != null && NDJSON_TYPE.equalsIgnoreCase(type.split(";", 2)[0].strip());
        int longest = lines ? PreviewRequestParser.MAX_LINES_BYTES : JsonBodyReader.MAX_BODY_BYTES;
        if (length != null && length > longest) {
            throw new Refusal.TooLarge(longest);
        }
        int held = length == null || encoding != null ? longest : Math.clamp(length, 0, longest);
        return (lines ? fileBulkhead : objectBulkhead)
                .runWithin(
                        held,
                        () -> compareFigures(
                                lines ? reader.readLines(body, encoding) : reader.readObject(body, encoding),
                                province));
    }

    private PreviewAnswer compareFigures(List<HypotheticalRecord> wanted, Optional<String> province) {
        if (province.isPresent()
                && wanted.stream().anyMatch(change -> !change.province().equals(province.get()))) {
            throw new Refusal.NotFound();
        }
        return previewBulkhead.runWithin(() -> live.compareHypothetical(
                readers -> toEvents(wanted, readers),
                (now, then) -> new PreviewAnswer(
                        new PositionAnswer(now.positions().offsetsByTopic(), clock.instant()),
                        outlook.findMoved(
                                new ComparedSide(now, coverage.reportedYearsOf(now, null)),
                                new ComparedSide(then, coverage.reportedYearsOf(then, null)),
                                province,
                                IMPACT_DISPLAY),
                        List.of())));
    }

    private static List<FactEvent> toEvents(List<HypotheticalRecord> wanted, FactReaderRegistry readers) {
        List<FactEvent> events = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        for (HypotheticalRecord each : wanted) {
            try {
                byte[] after = each.state();
                FactState state =
                        after == null ? null : readers.readerOf(each.record()).readState(after);
                String change = state == null ? "withdrawn" : "corrected";
                events.add(new FactEvent(each.record(), each.recordKey(), 1, change, state));
            } catch (UnreadableEventException e) {
                findings.add(new Finding(
                        each.pointer() + "/after",
                        "state",
                        "It cannot be counted: " + e.reason() + ".",
                        "无法统计该记录：" + e.reasonZh() + "。"));
            }
            if (findings.size() >= MAX_FINDINGS) {
                break;
            }
        }
        if (!findings.isEmpty()) {
            throw new Refusal.Invalid(findings);
        }
        return events;
    }
}
