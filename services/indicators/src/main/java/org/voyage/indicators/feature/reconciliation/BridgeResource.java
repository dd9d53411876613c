package org.voyage.indicators.feature.reconciliation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.definition.Figure;
import org.voyage.indicators.evidence.checkpoint.Checkpoint;
import org.voyage.indicators.feature.format.ReportFormat;
import org.voyage.indicators.feature.published.PublishedStatistic;
import org.voyage.indicators.feature.published.StatisticQueryMapper;
import org.voyage.indicators.feature.tabular.TabularResponder;
import org.voyage.indicators.query.AsOfViewResolver;
import org.voyage.indicators.query.FigureAccessPolicy;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.FigureResponses.FigureHeading;
import org.voyage.indicators.query.FigureResponses.NoteAnswer;
import org.voyage.indicators.query.QueryRefusals;
import org.voyage.kit.http.CostCategory;
import org.voyage.kit.http.QueryParameters;
import org.voyage.kit.http.RequestCost;
import org.voyage.kit.problem.Refusal;

/** HTTP resource: revision bridges from a published number to the live value. */
@Path("/v1/reconciliation/bridge")
@Tag(name = "Reconciliation", description = "Published statistics compared with live figures. / 数据对账：已公布数据与实时数逐项核对")
@RunOnVirtualThread
@CostCategory(RequestCost.LARGE)
public class BridgeResource {

    private static final String FIGURE_PARAMETER = "figure";
    private static final String PERIOD_PARAMETER = "period";
    private static final String FROM_PARAMETER = "from";

    private static final NoteAnswer PUBLICATION_UNKNOWN = new NoteAnswer(
            "publication-unknown",
            "公布日期未知：差额分解从平台尚未收到任何记录时开始，此后收到的全部记录都列为变动。可用 from 指定起始时刻。",
            "It is not known when this was published: the bridge begins before anything was known here, so that all that"
                    + " counts has come since. `from` says another beginning.");

    private final PublishedStatisticSelection selection;
    private final StatisticQueryMapper questions;
    private final RevisionBridgeBuilder bridges;
    private final AsOfViewResolver asOfResolver;
    private final FigureAccessPolicy accessPolicy;
    private final Clock clock;

    BridgeResource(
            PublishedStatisticSelection asked,
            StatisticQueryMapper questions,
            RevisionBridgeBuilder bridges,
            AsOfViewResolver asOfResolver,
            FigureAccessPolicy accessPolicy,
            Clock clock) {
        this.selection = asked;
        this.questions = questions;
        this.bridges = bridges;
        this.asOfResolver = asOfResolver;
        this.accessPolicy = accessPolicy;
        this.clock = clock;
    }

    @Schema(name = "BridgeAnswer", description = "The amounts of the steps add up to the difference. / 各环节之和等于差额。")
    public record BridgeAnswer(
            String set,
            int setVersion,
            String figure,
            String period,
            String relation,
            BigDecimal published,

            @Schema(
                    nullable = true,
                    description = "day of publication, if known; of a month or year its last day / "
                            + "公布日期，不详的没有此项；只知年月的，为最后一天")
            @Nullable
            LocalDate publishedOn,

            FigureHeading definition,
            String slice,
            Map<String, String> listVersions,

            @Schema(
                    description =
                            "moment from which the steps begin: the end of the day of publication; if that is unknown, the"
                                    + " last moment at which nothing was known here / "
                                    + "起算时点：公布当日结束时；公布日期不详的，为平台尚无任何记录的最后时刻")
            Instant from,

            @Schema(
                    nullable = true,
                    description =
                            "value known here at that time, by the definition of that time. null if there was no value, as for"
                                    + " a share of nothing; the steps count it as 0 / "
                                    + "按当时口径计算的当时所知数值；当时无数值（如分母为零）的为 null，在各环节中按 0 计")
            @JsonProperty("known")
            @Nullable
            BigDecimal known,

            @Schema(description = "version of this definition / 口径版本", examples = "1")
            int knownVersion,

            @Schema(description = "moment up to which the steps lead / 截止时点")
            Instant to,

            BigDecimal live,

            @Schema(description = "live minus published / 实时数减公布数")
            BigDecimal difference,

            List<RevisionBridge.BridgeStep> steps,

            @Schema(description = "path of the answer that lists the events of each step / 逐个事件列出各环节的查询路径")
            String attribution,

            @Schema(
                    description =
                            "notes for the reader, for example that the day of publication is unknown / 说明，如公布日期不详")
            @JsonInclude(JsonInclude.Include.NON_EMPTY)
            List<NoteAnswer> notes) {}

    @GET
    @Operation(
            operationId = "getRevisionBridge",
            summary = "Steps from a published number to the live one / 分解公布数与实时数的差额",
            description =
                    "Goes in three steps. The first leads from the published value to the knowledge at the time of"
                            + " publication, by the definition of that time. Its kind is `not-explained`, or"
                            + " `published-before-records` if nothing was known yet. The second leads to the definition of today"
                            + " (`definition-changed`). The third leads to now, cause by cause as in `changes`. The knowledge at"
                            + " the time is everything that had arrived by the end of the day of publication, or at `from`. If"
                            + " neither is known, the bridge begins before anything was known here, and a note says so. As a"
                            + " file: a line for the published number, one for each step with the value after it, and one for"
                            + " the live value. / "
                            + "分三步：由公布数到公布时所知的数（按当时的口径；`not-explained`，当时尚无记录的为"
                            + " `published-before-records`），到今日的口径（`definition-changed`），再到现在（与 `changes` 相同，"
                            + "按原因列出）。公布时所知，指公布当日结束时或 `from` 时已收到的内容；两者都不详的，从平台尚无记录时"
                            + "起算，并加以说明。导出文件时，公布数一行，每个环节及其后的数值一行，实时数一行。")
    @APIResponse(
            responseCode = "200",
            description = TabularResponder.OK_DESCRIPTION,
            content =
                    @Content(mediaType = ReportFormat.JSON_TYPE, schema = @Schema(implementation = BridgeAnswer.class)))
    public Response bridge(
            @QueryParam(FIGURE_PARAMETER)
                    @Parameter(required = true, example = "overseas-schools", description = "published figure / 公布的指标")
                    @Nullable
                    String figure,
            @QueryParam(PERIOD_PARAMETER)
                    @Parameter(required = true, example = "2023", description = "as it is published / 与公布的写法相同")
                    @Nullable
                    String period,
            @QueryParam(PublishedStatisticSelection.SET_PARAMETER)
                    @Parameter(example = "built-in", description = "absent: the last one that has it / 不填的为最后含有该项的数据集")
                    @Nullable
                    String set,
            @QueryParam(PublishedStatisticSelection.VERSION_PARAMETER)
                    @Parameter(
                            example = "1",
                            description = "of the set, withdrawn or not; absent: the one that counts / "
                                    + "数据集的版本，含已撤下的；不填的为计入对账的版本")
                    @Nullable
                    String version,
            @QueryParam(FROM_PARAMETER)
                    @Parameter(
                            example = "2026-11-01T00:00:00Z",
                            description =
                                    "absent: the end of the day of publication, or before anything was known here / "
                                            + "起算时点；不填的为公布当日结束时，不详的为平台尚无记录时")
                    @Nullable
                    String from,
            @QueryParam(TabularResponder.FORMAT_PARAMETER) @Nullable String format,
            @Context HttpHeaders headers) {
        TabularResponder responder = TabularResponder.negotiate(format, headers);
        BridgeAnswer answer = buildBridge(figure, period, set, version, from);
        return responder.respond(answer, () -> BridgeReport.toReport(answer)).build();
    }

    private BridgeAnswer buildBridge(
            @Nullable String figure,
            @Nullable String period,
            @Nullable String set,
            @Nullable String version,
            @Nullable String from) {
        accessPolicy.visibleProvince();
        PublishedStatistic line = requireLine(
                requireText(FIGURE_PARAMETER, figure),
                requireText(PERIOD_PARAMETER, period),
                selection.select(set, version));
        Figure its = questions.findFigure(line).orElseThrow(BridgeResource::incomparableRefusal);
        Instant begin = QueryParameters.parseInstant(FROM_PARAMETER, from);
        Checkpoint first = firstCheckpoint(line, begin);
        Checkpoint last = asOfResolver.checkpointOf(FROM_PARAMETER, null);
        FigureQuery query = questions.findQuery(its, line).orElseThrow(BridgeResource::incomparableRefusal);
        if (!accessPolicy.maySee(query)) {
            throw new Refusal.NotFound();
        }
        RevisionBridge bridge = bridges.build(line, query, first, last);
        return new BridgeAnswer(
                line.setVersion().set(),
                line.setVersion().version(),
                line.figure(),
                line.period(),
                line.relation(),
                line.value(),
                line.publishedOn().orElse(null),
                FigureHeading.of(its),
                line.slice(),
                asOfResolver.calculatorAt(last).listVersions(query),
                first.time(),
                bridge.knownValue(),
                bridge.knownVersion(),
                last.time(),
                bridge.currentValue(),
                bridge.computeDifference(),
                bridge.steps(),
                changesLink(query, first, last),
                begin == null && line.publishedOn().isEmpty() ? List.of(PUBLICATION_UNKNOWN) : List.of());
    }

    private static PublishedStatistic requireLine(String figure, String period, List<PublishedStatistic> lines) {
        return lines.stream()
                .filter(line -> line.figure().equals(figure) && line.period().equals(period))
                .reduce((earlier, later) -> later)
                .orElseThrow(Refusal.NotFound::new);
    }

    private static String changesLink(FigureQuery query, Checkpoint first, Checkpoint last) {
        return "/v1/indicators/" + query.figure().code() + "/changes?from=" + first.time() + "&to=" + last.time() + "&"
                + query.toQueryString();
    }

    /**
     * Returns the checkpoint of the request, or of the end of the publication day; an empty checkpoint without both.
     */
    private Checkpoint firstCheckpoint(PublishedStatistic line, @Nullable Instant from) {
        return from == null
                ? line.publishedOn().map(this::checkpointAtEndOf).orElseGet(asOfResolver::firstCheckpoint)
                : asOfResolver.checkpointOf(FROM_PARAMETER, from);
    }

    /** Returns the checkpoint at the end of the day, or the current one when the day is not over. */
    private Checkpoint checkpointAtEndOf(LocalDate day) {
        Instant end = day.plusDays(1).atStartOfDay(clock.getZone()).toInstant();
        return asOfResolver.checkpointOf(FROM_PARAMETER, end.isAfter(clock.instant()) ? null : end);
    }

    private static String requireText(String name, @Nullable String text) {
        if (text == null) {
            throw QueryRefusals.malformed(
                    name, "required", "Name the published line by figure and period.", "请用 figure 和 period 指定已公布的一行。");
        }
        return text;
    }

    private static Refusal incomparableRefusal() {
        return new Refusal.Conflict(
                "No figure here computes this line, so that nothing leads to it.", "没有指标计算该行，无法给出差额分解。");
    }

    /** Returns the link to the bridge of a line. */
    static String bridgeLink(PublishedStatistic line) {
        return "/v1/reconciliation/bridge?figure=" + line.figure() + "&period="
                + URLEncoder.encode(line.period(), StandardCharsets.UTF_8) + "&set="
                + line.setVersion().set() + "&version=" + line.setVersion().version();
    }
}
