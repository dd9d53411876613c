package org.voyage.indicators.feature.reconciliation;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.definition.Figure;
import org.voyage.indicators.feature.format.ReportFormat;
import org.voyage.indicators.feature.published.PublishedStatistic;
import org.voyage.indicators.feature.published.StatisticQueryMapper;
import org.voyage.indicators.feature.tabular.TabularResponder;
import org.voyage.indicators.live.FiguresView;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.query.FigureAccessPolicy;
import org.voyage.indicators.query.FigureCalculator;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.FigureResponses.PositionAnswer;
import org.voyage.kit.http.CostCategory;
import org.voyage.kit.http.RequestCost;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;

/** HTTP resource: comparison of published statistics with live figures. */
@Path("/v1/reconciliation")
@Tag(name = "Reconciliation", description = "Published statistics compared with live figures. / 数据对账：已公布数据与实时数逐项核对")
@RunOnVirtualThread
@CostCategory(RequestCost.LARGE)
public class ReconciliationResource {

    private final PublishedStatisticSelection selection;
    private final StatisticQueryMapper questions;
    private final LiveFigures live;
    private final FigureCalculator figures;
    private final FigureAccessPolicy accessPolicy;
    private final Clock clock;

    ReconciliationResource(
            PublishedStatisticSelection asked,
            StatisticQueryMapper questions,
            LiveFigures live,
            FigureCalculator figures,
            FigureAccessPolicy accessPolicy,
            Clock clock) {
        this.selection = asked;
        this.questions = questions;
        this.live = live;
        this.figures = figures;
        this.accessPolicy = accessPolicy;
        this.clock = clock;
    }

    /** All published lines of a service and their contradictions, at one position. */
    @Schema(name = "Reconciliation")
    public record Reconciliation(
            PositionAnswer position, List<PublishedComparison> items, List<Contradiction> contradictions) {}

    @GET
    @Operation(
            operationId = "getReconciliation",
            summary = "Published statistics and live figures / 查询已公布数据与实时数的核对结果",
            description = "Each published line of a service with the live figure, and whether they match. Then the"
                    + " contradictions among the published lines of all services. The lines come from the platform's own"
                    + " set and the newest version of each loaded set, or from the set in the query. A bureau sees no"
                    + " line about another province. As a file: one line for each published line, the largest difference"
                    + " first; lines that cannot be compared come last. A spreadsheet has a second sheet of"
                    + " contradictions. / "
                    + "逐项列出一项业务的公布数、实时数及是否相符，并列出各项业务公布数据之间的矛盾。数据来自平台内置数据"
                    + "集和各载入数据集的最新版本，或所指定的数据集。省级用户看不到其他省份的数据。导出文件时，每项公布数"
                    + "据一行，差额大的在前，不可比的在后；XLSX 另有一张矛盾表。")
    @APIResponse(
            responseCode = "200",
            description = TabularResponder.OK_DESCRIPTION,
            content =
                    @Content(
                            mediaType = ReportFormat.JSON_TYPE,
                            schema = @Schema(implementation = Reconciliation.class)))
    public Response reconcile(
            @QueryParam("service")
                    @Parameter(example = "overseas", description = "absent: all services / 业务；不填的为全部业务")
                    @Nullable
                    String service,
            @QueryParam(PublishedStatisticSelection.SET_PARAMETER)
                    @Parameter(example = "built-in", description = "absent: all that count / 数据集；不填的为计入对账的全部数据集")
                    @Nullable
                    String set,
            @QueryParam(PublishedStatisticSelection.VERSION_PARAMETER)
                    @Parameter(
                            example = "1",
                            description = "of the set, withdrawn or not; absent: the one that counts / "
                                    + "数据集的版本，含已撤下的；不填的为计入对账的版本")
                    @Nullable
                    String version,
            @QueryParam(TabularResponder.FORMAT_PARAMETER) @Nullable String format,
            @Context HttpHeaders headers) {
        TabularResponder responder = TabularResponder.negotiate(format, headers);
        Reconciliation answer = readReconciliation(service, set, version);
        return responder
                .respond(answer, () -> ReconciliationReport.toReport(answer))
                .build();
    }

    private Reconciliation readReconciliation(
            @Nullable String service, @Nullable String set, @Nullable String version) {
        Optional<String> own = accessPolicy.visibleProvince();
        List<PublishedStatistic> lines = selection.select(set, version);
        Set<String> services = new TreeSet<>();
        lines.forEach(line -> services.add(line.service()));
        if (service != null && !services.contains(service)) {
            throw new Refusal.Malformed(Finding.query(
                    "service",
                    "service-unknown",
                    "Nothing is published about this service. Known: " + String.join(", ", services) + ".",
                    "没有该服务的已公布数据。可用：" + String.join("、", services) + "。"));
        }
        accessPolicy.requireFiguresReady();
        List<Contradiction> contradictions = ContradictionFinder.findAll(lines);
        return live.readView(view -> {
            List<PublishedComparison> compared = new ArrayList<>();
            for (PublishedStatistic line : lines) {
                if (service == null || line.service().equals(service)) {
                    compareLine(view, line, own).ifPresent(compared::add);
                }
            }
            return new Reconciliation(
                    new PositionAnswer(view.positions().offsetsByTopic(), clock.instant()), compared, contradictions);
        });
    }

    private Optional<PublishedComparison> compareLine(FiguresView view, PublishedStatistic line, Optional<String> own) {
        Optional<Figure> figure = questions.findFigure(line);
        Optional<FigureQuery> query = figure.flatMap(its -> questions.findQuery(its, line));
        if (figure.isEmpty() || query.isEmpty()) {
            return Optional.of(PublishedComparison.incomparable(line));
        }
        if (!accessPolicy.maySee(query.get())) {
            return Optional.empty();
        }
        return Optional.of(PublishedComparison.of(
                line,
                figure.get(),
                figures.computeCells(view, query.get(), own).getFirst().exact()));
    }
}
