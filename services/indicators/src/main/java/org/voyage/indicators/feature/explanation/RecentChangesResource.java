package org.voyage.indicators.feature.explanation;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.voyage.indicators.evidence.checkpoint.Checkpoint;
import org.voyage.indicators.feature.completeness.CoverageCalculator;
import org.voyage.indicators.feature.format.ReportFormat;
import org.voyage.indicators.feature.preview.ImpactCalculator;
import org.voyage.indicators.feature.preview.ImpactCalculator.ComparedSide;
import org.voyage.indicators.feature.preview.PreviewResponses.FigurePreview;
import org.voyage.indicators.feature.tabular.TabularResponder;
import org.voyage.indicators.query.AsOfViewResolver;
import org.voyage.indicators.query.Bulkhead;
import org.voyage.indicators.query.CodeLabelLookup;
import org.voyage.indicators.query.FigureAccessPolicy;
import org.voyage.indicators.query.FigureResponses.PositionAnswer;
import org.voyage.indicators.query.QueryRefusals;
import org.voyage.indicators.reference.CodeLabel;
import org.voyage.kit.http.CostCategory;
import org.voyage.kit.http.ExtraQueryParameters;
import org.voyage.kit.http.RequestCost;

/** HTTP resource: changes of all figures since a point in time. */
@Path("/v1/changes")
@Tag(name = "Explanations")
@RunOnVirtualThread
@CostCategory(RequestCost.LARGE)
public class RecentChangesResource {

    private static final String FROM_PARAMETER = "from";
    private static final int MAX_RANKS = 10;
    private static final ImpactCalculator.ImpactDisplay IMPACT_DISPLAY = new ImpactCalculator.ImpactDisplay(
            ImpactCalculator.ImpactDimensions.ON_MAPS, ImpactCalculator.MOST_MOVED_FIRST, MAX_RANKS);

    private final RetrospectiveComparison retrospective;
    private final ImpactCalculator outlook;
    private final CoverageCalculator coverage;
    private final CodeLabelLookup labels;
    private final AsOfViewResolver asOfResolver;
    private final FigureAccessPolicy accessPolicy;
    /** Each request keeps one processor busy and needs its own sums. */
    private final Bulkhead bulkhead = new Bulkhead(1);

    RecentChangesResource(
            RetrospectiveComparison since,
            ImpactCalculator outlook,
            CoverageCalculator coverage,
            CodeLabelLookup labels,
            AsOfViewResolver asOfResolver,
            FigureAccessPolicy accessPolicy) {
        this.retrospective = since;
        this.outlook = outlook;
        this.coverage = coverage;
        this.labels = labels;
        this.asOfResolver = asOfResolver;
        this.accessPolicy = accessPolicy;
    }

    @Schema(name = "SentAnswer", description = "Changes of one province to one type of record. / 一个省份对一类记录的变更。")
    public record SentAnswer(
            @Schema(examples = "inbound-enrolment") String record,

            @Schema(examples = "32") String province,

            @Schema(description = "number of changed records, each counted once / 变更的记录数，每条记录计一次")
            int records,

            @Schema(
                    description = "number of changes by kind / 各种变更的次数",
                    examples = "{\"created\": 40, \"corrected\": 2}")
            Map<String, Integer> changes) {}

    @Schema(name = "OverviewAnswer", description = "Figures that moved, and what provinces sent. / 有变动的指标，以及各省的报送情况。")
    public record OverviewAnswer(
            @Schema(description = "first moment / 起始时点") Instant from,

            PositionAnswer position,

            @Schema(description = "changes that provinces sent; a bureau sees its own / 各省的报送情况；省级用户只看到本省")
            List<SentAnswer> sent,

            @Schema(
                    description =
                            "every figure that moved, the largest difference of a year first. Of its provinces and countries"
                                    + " the ten that moved most, by the difference of the value, then the newest year first. Those that"
                                    + " only changed places come last / "
                                    + "有变动的指标，按年度差额由大到小。每项列出变动最大的十个省份和国家，先按数值差额，再按年度由近及远；"
                                    + "仅位次变动的列于最后")
            List<FigurePreview> items,

            @Schema(
                    description = "names of the codes in this answer: of records, provinces and countries / "
                            + "所涉代码的名称：记录、省份和国家")
            Map<String, Map<String, CodeLabel>> labels,

            @Schema(
                    description = "always empty: the service is ready only when all figures are counted / "
                            + "固定为空：全部指标计算完成后服务才就绪")
            List<String> unfinished) {}

    @GET
    @ExtraQueryParameters({FROM_PARAMETER, TabularResponder.FORMAT_PARAMETER})
    @Operation(
            operationId = "listRecentChanges",
            summary = "Movements since a moment / 查询某一时点以来的指标变动",
            description = "Every figure, counted or derived, that changed records have moved since `from`. Each has its"
                    + " years with before, after and difference, and the provinces and countries that moved or changed"
                    + " places. The answer also has the changes of each province. Both sides use the definitions, lists"
                    + " and calendar of today, so that only records move the figures. `/v1/indicators/{code}/changes`"
                    + " with the same `from` and `period` shows the other movements, and the records that moved a value."
                    + " The answer holds every write that the figures held at the time of the query. As a file: one line"
                    + " for each year, province and country that moved, the largest difference first, with names and the"
                    + " path of the explanation. A spreadsheet has a second sheet with the changes of provinces. / "
                    + "列出自 `from` 以来因记录变更而变动的全部指标（含衍生指标）：各年度变动前后的数值和差额，数值或位次"
                    + "有变动的省份和国家，以及各省的报送情况。前后均按今日的口径、名单和日期计算，因此只反映记录的变更；"
                    + "其他原因和引起变动的记录，以相同的 `from` 和 `period` 查询 `/v1/indicators/{code}/changes`。结果包"
                    + "含查询时指标已计入的全部写入。导出文件时，每个有变动的年度、省份和国家一行，差额大的在前，附名称和"
                    + "说明的路径；XLSX 另有一张报送情况表。")
    @Parameter(
            name = FROM_PARAMETER,
            in = ParameterIn.QUERY,
            required = true,
            example = "2026-11-23T10:00:00Z",
            description =
                    "first moment; at most 200000 records may have changed since / " + "起始时点；此后变更的记录不得超过 200000 条")
    @APIResponse(
            responseCode = "200",
            description = TabularResponder.OK_DESCRIPTION,
            content =
                    @Content(
                            mediaType = ReportFormat.JSON_TYPE,
                            schema = @Schema(implementation = OverviewAnswer.class)))
    public Response getRecentChanges(@Context UriInfo uri, @Context HttpHeaders headers) {
        TabularResponder responder = TabularResponder.negotiate(
                uri.getQueryParameters().getOrDefault(TabularResponder.FORMAT_PARAMETER, List.of()), headers);
        OverviewAnswer answer = readRecentChanges(uri);
        return responder
                .respond(answer, () -> RecentChangesReport.toReport(answer))
                .build();
    }

    private OverviewAnswer readRecentChanges(UriInfo uri) {
        Optional<String> province = accessPolicy.visibleProvince();
        accessPolicy.requireFiguresReady();
        Instant moment = AsOfViewResolver.parseInstant(FROM_PARAMETER, uri.getQueryParameters());
        if (moment == null) {
            throw QueryRefusals.malformed(FROM_PARAMETER, "required", "Say from which moment on.", "请指定起始时刻 from。");
        }
        Checkpoint from = asOfResolver.checkpointOf(FROM_PARAMETER, moment);
        return bulkhead.runWithin(() ->
                retrospective.compareSince(from, FROM_PARAMETER, (then, now, known, changed) -> {
                    List<SentAnswer> sent = countSent(changed, province);
                    List<FigurePreview> figures = outlook
                            .findMoved(
                                    new ComparedSide(then, coverage.reportedYearsOf(then, from.time())),
                                    new ComparedSide(now, coverage.reportedYearsOf(now, null)),
                                    province,
                                    IMPACT_DISPLAY)
                            .stream()
                            .sorted(ImpactCalculator.MOST_MOVED_FIGURE_FIRST)
                            .toList();
                    return new OverviewAnswer(
                            from.time(),
                            new PositionAnswer(now.positions().offsetsByTopic(), known),
                            sent,
                            figures,
                            labels.labelsOf(collectCodes(sent, figures)),
                            List.of());
                }));
    }

    private static Map<String, Set<String>> collectCodes(List<SentAnswer> sent, List<FigurePreview> figures) {
        Map<String, Set<String>> codes = new HashMap<>();
        sent.forEach(each -> {
            codes.computeIfAbsent(CodeLabelLookup.RECORD_DIMENSION, key -> new HashSet<>())
                    .add(each.record());
            codes.computeIfAbsent("province", key -> new HashSet<>()).add(each.province());
        });
        figures.forEach(figure -> figure.ranks()
                .forEach(rank -> codes.computeIfAbsent(rank.dimension(), key -> new HashSet<>())
                        .add(rank.code())));
        return codes;
    }

    private static List<SentAnswer> countSent(List<ChangedFact> changed, Optional<String> province) {
        Map<String, Map<String, List<ChangedFact>>> sorted = new TreeMap<>();
        for (ChangedFact fact : changed) {
            String sender = fact.province();
            if (province.map(sender::equals).orElse(true)) {
                sorted.computeIfAbsent(fact.record(), record -> new TreeMap<>())
                        .computeIfAbsent(sender, key -> new ArrayList<>())
                        .add(fact);
            }
        }
        List<SentAnswer> sent = new ArrayList<>();
        sorted.forEach((record, senders) -> senders.forEach((sender, facts) -> {
            Map<String, Integer> changes = new TreeMap<>();
            facts.forEach(fact -> fact.changes().forEach(change -> changes.merge(change, 1, Integer::sum)));
            sent.add(new SentAnswer(record, sender, facts.size(), changes));
        }));
        return sent;
    }
}
