package org.voyage.indicators.feature.values;

import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.definition.CountedFigure;
import org.voyage.indicators.definition.Figure;
import org.voyage.indicators.definition.FigureCatalogue;
import org.voyage.indicators.definition.PublicAccess;
import org.voyage.indicators.evidence.checkpoint.Checkpoint;
import org.voyage.indicators.feature.format.ReportWriters;
import org.voyage.indicators.feature.format.ValuesReport;
import org.voyage.indicators.feature.release.ReleasedFigures;
import org.voyage.indicators.query.AnswerSizeEstimator;
import org.voyage.indicators.query.AsOfViewResolver;
import org.voyage.indicators.query.FigureAccessPolicy;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.ReceiptAwaiter;
import org.voyage.indicators.query.http.FigureQueryParser;
import org.voyage.indicators.query.http.PublicFigureView;
import org.voyage.kit.http.CostLimits;
import org.voyage.kit.http.RequestCost;
import org.voyage.kit.problem.Refusal;

/** Handler of requests for values: it authorises, negotiates the format and parses before it counts. */
@RequestScoped
class ValuesRequestHandler {

    /** Above it an answer is a large request; all countries of 20 years are below it. */
    private static final int SMALL_ANSWER_VALUES = 6_000;

    private final FigureCatalogue catalogue;
    private final AsOfViewResolver asOfResolver;
    private final ValuesRequestParser questions;
    private final ReceiptAwaiter receipts;
    private final FigureAccessPolicy accessPolicy;
    private final ReleasedFigures released;
    private final ValuesReportBuilder counting;
    private final ReportWriters formats;
    private final AnswerSizeEstimator sizes;
    private final CostLimits costs;

    ValuesRequestHandler(
            FigureCatalogue catalogue,
            AsOfViewResolver asOfResolver,
            ValuesRequestParser questions,
            ReceiptAwaiter receipts,
            FigureAccessPolicy accessPolicy,
            ReleasedFigures released,
            ValuesReportBuilder counting,
            ReportWriters formats,
            AnswerSizeEstimator sizes,
            CostLimits costs) {
        this.catalogue = catalogue;
        this.asOfResolver = asOfResolver;
        this.questions = questions;
        this.receipts = receipts;
        this.accessPolicy = accessPolicy;
        this.released = released;
        this.counting = counting;
        this.formats = formats;
        this.sizes = sizes;
        this.costs = costs;
    }

    Response answerOne(String code, Map<String, List<String>> sent, HttpHeaders headers) {
        Map<String, List<String>> parameters = new LinkedHashMap<>(sent);
        @Nullable String view = FigureQueryParser.readSingle(FigureAccessPolicy.VIEW_PARAMETER, sent);
        parameters.remove(FigureAccessPolicy.VIEW_PARAMETER);
        if (accessPolicy.isAnsweredOutside(view)) {
            return answerPublic(code, parameters, headers);
        }
        Optional<String> province = accessPolicy.visibleProvince();
        Figure figure = catalogue.findFigure(code).orElseThrow(Refusal.NotFound::new);
        ValuesRepresentation representation = ValuesRepresentation.negotiate(parameters, headers);
        ResultOptions options = ResultOptions.parse(parameters);
        @Nullable Checkpoint checkpoint = asOfResolver.checkpointOf(parameters);
        FigureCatalogue defined = asOfResolver.catalogueAt(checkpoint);
        List<FigureQuery> asked = List.of(questions.parseOne(
                defined.findFigure(code).orElse(figure), parameters, options, asOfResolver.todayAt(checkpoint)));
        ValuesReport report = buildReport(asked, options, checkpoint, province, parameters);
        boolean lasts = checkpoint != null && areAllDefined(asked, defined);
        return representation.toResponse(formats.writeSingle(representation.format(), report), report, code, lasts);
    }

    /** Returns whether the past definitions of all figures are known; for others today's definition may change. */
    private static boolean areAllDefined(List<FigureQuery> asked, FigureCatalogue defined) {
        return asked.stream()
                .allMatch(query -> defined.findFigure(query.figure().code()).isPresent());
    }

    private Response answerPublic(String code, Map<String, List<String>> parameters, HttpHeaders headers) {
        PublicFigureView.requirePublic(parameters);
        Figure figure = catalogue.findFigure(code).orElseThrow(Refusal.NotFound::new);
        PublicFigureView.requirePublic(figure, "{code}");
        ValuesRepresentation representation = ValuesRepresentation.negotiate(parameters, headers);
        ResultOptions options = ResultOptions.parse(parameters);
        FigureQuery query = questions.parseOne(figure, parameters, options, asOfResolver.todayAt(null));
        PublicFigureView.requirePublic(query);
        ValuesReport report = reportPublic(List.of(query), options);
        return representation.toResponse(formats.writeSingle(representation.format(), report), report, code, false);
    }

    /** Builds a report: open figures are counted at one position, those of persons come from the newest release. */
    private ValuesReport reportPublic(List<FigureQuery> queries, ResultOptions options) {
        claimPlaceIfLarge(queries, null);
        List<FigureQuery> open = new ArrayList<>();
        List<ValuesReport> reports = new ArrayList<>();
        for (FigureQuery query : queries) {
            if (query.figure() instanceof CountedFigure counted
                    && counted.publicAccess() instanceof PublicAccess.ReleasedAccess) {
                reports.add(counting.reportReleased(
                        ValuesRequestParser.withFigureNamed(counted.code(), () -> released.answerQuery(counted, query)),
                        options));
            } else {
                open.add(query);
            }
        }
        if (!open.isEmpty()) {
            accessPolicy.requireFiguresReady();
            reports.addFirst(counting.reportOpenFigures(open, options));
        }
        return ValuesReport.join(
                reports, queries.stream().map(query -> query.figure().code()).toList());
    }

    Response answerSeveral(Map<String, List<String>> sent, HttpHeaders headers) {
        Optional<String> province = accessPolicy.visibleProvince();
        Map<String, List<String>> parameters = new LinkedHashMap<>(sent);
        @Nullable String view = FigureQueryParser.readSingle(FigureAccessPolicy.VIEW_PARAMETER, sent);
        parameters.remove(FigureAccessPolicy.VIEW_PARAMETER);
        if (accessPolicy.isAnsweredOutside(view)) {
            return answerSeveralPublic(parameters, headers);
        }
        ValuesRepresentation representation = ValuesRepresentation.negotiate(parameters, headers);
        ResultOptions options = ResultOptions.parse(parameters);
        @Nullable Checkpoint checkpoint = asOfResolver.checkpointOf(parameters);
        FigureCatalogue defined = asOfResolver.catalogueAt(checkpoint);
        List<FigureQuery> asked =
                questions.parseSeveral(parameters, defined, options, asOfResolver.todayAt(checkpoint));
        ValuesReport report = buildReport(asked, options, checkpoint, province, parameters);
        boolean lasts = checkpoint != null && areAllDefined(asked, defined);
        return representation.toResponse(
                formats.writeMultiple(representation.format(), report), report, "figures", lasts);
    }

    private Response answerSeveralPublic(Map<String, List<String>> parameters, HttpHeaders headers) {
        PublicFigureView.requirePublic(parameters);
        for (Figure figure : questions.parseFigures(parameters)) {
            PublicFigureView.requirePublic(figure, "?" + ValuesRequestParser.FIGURE_PARAMETER);
        }
        ValuesRepresentation representation = ValuesRepresentation.negotiate(parameters, headers);
        ResultOptions options = ResultOptions.parse(parameters);
        List<FigureQuery> asked = questions.parseSeveral(parameters, catalogue, options, asOfResolver.todayAt(null));
        asked.forEach(PublicFigureView::requirePublic);
        ValuesReport report = reportPublic(asked, options);
        return representation.toResponse(
                formats.writeMultiple(representation.format(), report), report, "figures", false);
    }

    private ValuesReport buildReport(
            List<FigureQuery> queries,
            ResultOptions options,
            @Nullable Checkpoint checkpoint,
            Optional<String> province,
            Map<String, List<String>> parameters) {
        List<FigureQuery> own =
                queries.stream().map(accessPolicy::restrictToProvince).toList();
        accessPolicy.requireFiguresReady();
        claimPlaceIfLarge(own, checkpoint);
        receipts.awaitFigures(parameters.getOrDefault(ReceiptAwaiter.RECEIPT_PARAMETER, List.of()));
        return counting.buildReport(own, options, checkpoint, province);
    }

    /** Wide answers, and those of a past moment, are exports: few of one client are made at once. */
    private void claimPlaceIfLarge(List<FigureQuery> queries, @Nullable Checkpoint checkpoint) {
        if (checkpoint != null || sizes.estimateValues(queries) > SMALL_ANSWER_VALUES) {
            costs.raiseCost(RequestCost.LARGE);
        }
    }
}
