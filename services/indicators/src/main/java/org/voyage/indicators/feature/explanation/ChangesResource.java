package org.voyage.indicators.feature.explanation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.definition.Figure;
import org.voyage.indicators.definition.FigureCatalogue;
import org.voyage.indicators.definition.LocalizedText;
import org.voyage.indicators.evidence.EvidenceHistory.VersionLocation;
import org.voyage.indicators.evidence.checkpoint.Checkpoint;
import org.voyage.indicators.feature.explanation.AttributedChange.EventEffect;
import org.voyage.indicators.feature.format.ReportFormat;
import org.voyage.indicators.feature.tabular.TabularResponder;
import org.voyage.indicators.query.AsOfViewResolver;
import org.voyage.indicators.query.FigureAccessPolicy;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.FigureResponses.FigureHeading;
import org.voyage.indicators.query.FigureResponses.PositionAnswer;
import org.voyage.indicators.query.QueryRefusals;
import org.voyage.indicators.query.ResultCell;
import org.voyage.indicators.query.http.FigureQueryParser;
import org.voyage.kit.http.CostCategory;
import org.voyage.kit.http.ExtraQueryParameters;
import org.voyage.kit.http.RequestCost;
import org.voyage.kit.log.VersionOrder;
import org.voyage.kit.problem.Refusal;

/** HTTP resource: why a value changed. */
@Path("/v1/indicators/{code}/changes")
@Tag(name = "Explanations", description = "Why a figure has its value, and why it moved. / 指标说明：数值的来历和变动的原因")
@RunOnVirtualThread
@CostCategory(RequestCost.LARGE)
public class ChangesResource {

    private static final String FROM_PARAMETER = "from";
    private static final String TO_PARAMETER = "to";
    private static final Set<String> EXTRA_PARAMETERS =
            Set.of(FROM_PARAMETER, TO_PARAMETER, TabularResponder.FORMAT_PARAMETER);
    private static final int AMOUNT_SCALE = 10;

    private final FigureCatalogue catalogue;
    private final FigureQueryParser queries;
    private final AsOfViewResolver asOfResolver;
    private final ChangeAttributionService attribution;
    private final FigureAccessPolicy accessPolicy;
    private final ChangesReport reports;

    ChangesResource(
            FigureCatalogue catalogue,
            FigureQueryParser queries,
            AsOfViewResolver asOfResolver,
            ChangeAttributionService moves,
            FigureAccessPolicy accessPolicy,
            ChangesReport reports) {
        this.catalogue = catalogue;
        this.queries = queries;
        this.asOfResolver = asOfResolver;
        this.attribution = moves;
        this.accessPolicy = accessPolicy;
        this.reports = reports;
    }

    @Schema(
            name = "KnownAnswer",
            description = "The value as known at a point in time, by the definition and the lists of that time. / "
                    + "某一历史时点所知的数值，按当时的口径和名单计算。")
    public record AsOfAnswer(
            PositionAnswer position,

            @Schema(
                    nullable = true,
                    description = "null if there is none, as for a share of nothing, or if no province had reported / "
                            + "没有数值的为 null，如分母为零的占比，或尚未报送")
            @JsonProperty("value")
            @Nullable
            BigDecimal value,

            @Schema(
                    nullable = true,
                    description =
                            "only if the value is missing: not-reported means that no province had reported about the period,"
                                    + " which differs from 0 / 仅在无数值时有此项；not-reported 表示该期间当时尚未报送，不等于 0",
                    examples = "not-reported")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Nullable
            String status,

            @Schema(description = "version of this definition / 口径版本", examples = "1")
            int version,

            @Schema(description = "version of each list that decided what counts / 确定计入范围所用的各名单版本")
            Map<String, String> listVersions) {}

    @Schema(name = "MoverAnswer", description = "Event that moved the value, and its amount. / 引起变动的事件及其影响。")
    public record ContributorAnswer(
            String record,
            String province,
            String sourceId,
            int version,
            String topic,
            int partition,
            long offset,
            Instant eventTime,
            String change,

            @Schema(description = "exact; if the decimals do not end, the first digits / 精确值；除不尽的取前若干位")
            BigDecimal amount) {}

    @Schema(name = "Contribution", description = "One part of the difference, by its kind. / 差额的一项变动，按原因划分。")
    public record ContributionAnswer(
            ChangeReason kind,
            LocalizedText name,

            @Schema(
                    description = "number of events that moved the value; 0 if none did, as when only time passed / "
                            + "引起变动的事件数；没有事件（如仅因时间推移）的为 0")
            int events,

            @Schema(
                    description =
                            "whole number for counts; for derived values two decimals, so that the amounts add up / "
                                    + "影响；计数为整数，衍生指标取两位小数，使各项之和相符")
            BigDecimal amount,

            @Schema(
                    description = "at most ten events that moved the value most, of those that the reader may see / "
                            + "影响最大的事件，最多十个，仅含读者可见的")
            List<ContributorAnswer> items,

            @Schema(
                    description = "number of events about records of other provinces, which the reader may not see / "
                            + "涉及其他省份、读者不可见的事件数")
            int hidden) {}

    @Schema(
            name = "ChangesAnswer",
            description = "The amounts of the contributions add up to the difference. A missing value counts as 0. / "
                    + "各项变动之和等于差额；无数值的按 0 计。")
    public record ChangesAnswer(
            FigureHeading indicator,
            Map<String, String> filters,
            String period,
            AsOfAnswer from,
            AsOfAnswer to,
            BigDecimal difference,

            @Schema(description = "largest amount first, whatever its sign / 按影响的绝对值由大到小排列")
            List<ContributionAnswer> contributions) {}

    @GET
    @ExtraQueryParameters("*")
    @Operation(
            operationId = "getIndicatorChanges",
            summary = "Reasons for a movement between two moments / 查询两个时点之间的变动原因",
            description =
                    "Takes the filters of values. Goes from the knowledge at `from` to the knowledge at `to`, event by"
                            + " event in their order. Computes the exact effect of each event on the value. A derived value is"
                            + " derived again after each. `new`: a record that was not there before. `late`: the same, made long"
                            + " after the end of its year. `parent-changed`: the parent school or standard of a record changed."
                            + " `time-passed`: the value of today moved because today is another day. `list-changed`: the known"
                            + " members of a list, or the countries of a region, changed. `definition-changed`: the figure had"
                            + " another definition. As a file: one line for each cause, the largest amount first. A line for"
                            + " each of its events follows, with the names of records and their paths. / "
                            + "筛选条件与查询数值相同。从 `from` 时所知到 `to` 时所知，按先后逐个事件计算其对数值的确切影响；衍生"
                            + "指标在每个事件后重新推算。`new`：新增的记录；`late`：迟报，在所属年度结束很久以后新增；"
                            + "`parent-changed`：所属机构或标准有变更；`time-passed`：今日的数值因日期推移而变动；`list-changed`："
                            + "所知的名单成员或大洲所含国家有变化；`definition-changed`：口径有变化。导出文件时，每个原因一行，影"
                            + "响大的在前，其后每个事件一行，附记录名称和路径。")
    @Parameter(
            name = FROM_PARAMETER,
            in = ParameterIn.QUERY,
            required = true,
            example = "2026-11-01T00:00:00Z",
            description = "first moment / 起始时点")
    @Parameter(
            name = TO_PARAMETER,
            in = ParameterIn.QUERY,
            example = "2026-11-24T10:00:00Z",
            description = "second moment; absent: now / 截止时点；不填的为现在")
    @Parameter(
            name = "period",
            in = ParameterIn.QUERY,
            example = "2023",
            description = "as for values, without by / 与查询数值相同，不含 by")
    @Parameter(
            name = "list",
            in = ParameterIn.QUERY,
            example = "belt-and-road@now",
            description =
                    "only countries on this list, by membership at the time (@then) or today (@now); with ! before it,"
                            + " only those not on it / "
                            + "只计名单上的国家，成员按当时（@then）或按今日（@now）；前加 ! 的，只计名单以外的国家")
    @APIResponse(
            responseCode = "200",
            description = TabularResponder.OK_DESCRIPTION,
            content =
                    @Content(
                            mediaType = ReportFormat.JSON_TYPE,
                            schema = @Schema(implementation = ChangesAnswer.class)))
    public Response getChanges(
            @PathParam("code") @Parameter(example = "overseas-schools") String code,
            @Context UriInfo uri,
            @Context HttpHeaders headers) {
        Optional<String> province = accessPolicy.visibleProvince();
        Map<String, List<String>> parameters = uri.getQueryParameters();
        TabularResponder responder = TabularResponder.negotiate(
                parameters.getOrDefault(TabularResponder.FORMAT_PARAMETER, List.of()), headers);
        ExplanationParameters.requireOneValue(parameters);
        Figure served = catalogue.findFigure(code).orElseThrow(Refusal.NotFound::new);
        Instant first = AsOfViewResolver.parseInstant(FROM_PARAMETER, parameters);
        if (first == null) {
            throw QueryRefusals.malformed(FROM_PARAMETER, "required", "Say from which moment on.", "请指定起始时刻 from。");
        }
        Checkpoint from = asOfResolver.checkpointOf(FROM_PARAMETER, first);
        Instant second = AsOfViewResolver.parseInstant(TO_PARAMETER, parameters);
        Checkpoint to = asOfResolver.checkpointOf(TO_PARAMETER, second);
        if (to.time().isBefore(from.time())) {
            throw QueryRefusals.malformed(
                    TO_PARAMETER, "moment-order", "The second moment is before the first.", "结束时刻早于起始时刻。");
        }
        Figure figure = second == null ? served : asOfResolver.definitionAt(served, to);
        FigureQuery query = accessPolicy.restrictToProvince(
                queries.parse(figure, parameters, EXTRA_PARAMETERS, asOfResolver.todayAt(to)));
        ValueChange change = attribution.attributeChange(
                query,
                other -> readForDefinition(other, parameters, asOfResolver.todayAt(to)),
                from,
                to,
                place -> province.map(place.province()::equals).orElse(true));
        ChangesAnswer answer = new ChangesAnswer(
                FigureHeading.of(query.figure()),
                query.formatFilters(),
                change.period(),
                toAnswer(change.from()),
                toAnswer(change.to()),
                change.difference(),
                toAnswers(change));
        return responder.respond(answer, () -> reports.toReport(answer)).build();
    }

    /** Returns empty when the other definition does not have all parameters. */
    private Optional<FigureQuery> readForDefinition(
            Figure figure, Map<String, List<String>> parameters, LocalDate day) {
        try {
            return Optional.of(
                    accessPolicy.restrictToProvince(queries.parse(figure, parameters, EXTRA_PARAMETERS, day)));
        } catch (Refusal.Malformed e) {
            return Optional.empty();
        }
    }

    private static AsOfAnswer toAnswer(ValueChange.ValueAtCheckpoint known) {
        return new AsOfAnswer(
                new PositionAnswer(known.offsets(), known.time()),
                known.shownValue(),
                known.isReported() ? null : "not-reported",
                known.version(),
                known.listVersions());
    }

    private static List<ContributionAnswer> toAnswers(ValueChange change) {
        List<ContributionAnswer> causes = new ArrayList<>();
        for (ValueChange.CauseShare part : change.causeShares()) {
            AttributedChange.CauseSummary effects = change.attribution().effectsOf(part.cause());
            causes.add(new ContributionAnswer(
                    part.cause(),
                    part.cause().text(),
                    part.events(),
                    part.amount(),
                    effects.largestVisible().stream()
                            .map(ChangesResource::toMover)
                            .toList(),
                    effects.hiddenEvents()));
        }
        causes.sort(Comparator.comparing(
                (ContributionAnswer cause) -> cause.amount().abs(), Comparator.reverseOrder()));
        return causes;
    }

    private static ContributorAnswer toMover(EventEffect effect) {
        VersionLocation place = effect.place();
        return new ContributorAnswer(
                effect.record(),
                place.province(),
                place.sourceId(),
                VersionOrder.versionOf(place.version()),
                place.topic(),
                place.partition(),
                place.offset(),
                place.eventTime(),
                place.change(),
                roundAmount(effect.amount()));
    }

    private static BigDecimal roundAmount(BigDecimal amount) {
        return ResultCell.stripDecimals(
                amount.scale() > AMOUNT_SCALE ? amount.setScale(AMOUNT_SCALE, RoundingMode.HALF_UP) : amount);
    }
}
