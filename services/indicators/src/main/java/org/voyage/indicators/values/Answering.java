package org.voyage.indicators.values;

import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.evidence.Horizon;
import org.voyage.indicators.format.Formats;
import org.voyage.indicators.format.Report;
import org.voyage.indicators.indicator.Catalogue;
import org.voyage.indicators.indicator.Figure;
import org.voyage.indicators.indicator.Indicator;
import org.voyage.indicators.indicator.Outside;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.OutsideView;
import org.voyage.indicators.query.Readership;
import org.voyage.indicators.query.Receipts;
import org.voyage.indicators.query.Sights;
import org.voyage.indicators.release.ReleasedFigures;
import org.voyage.kit.problem.Refusal;

/** The way of a question for values: who asks, how, what, and only then the counting. */
@RequestScoped
class Answering {

    private final Catalogue catalogue;
    private final Sights sights;
    private final QuestionReader questions;
    private final Receipts receipts;
    private final Readership readership;
    private final ReleasedFigures released;
    private final Counting counting;
    private final Formats formats;

    Answering(
            Catalogue catalogue,
            Sights sights,
            QuestionReader questions,
            Receipts receipts,
            Readership readership,
            ReleasedFigures released,
            Counting counting,
            Formats formats) {
        this.catalogue = catalogue;
        this.sights = sights;
        this.questions = questions;
        this.receipts = receipts;
        this.readership = readership;
        this.released = released;
        this.counting = counting;
        this.formats = formats;
    }

    Response one(String code, Map<String, List<String>> parameters, HttpHeaders headers) {
        if (readership.isOutside()) {
            return outside(code, parameters, headers);
        }
        Optional<String> province = readership.province();
        Figure figure = catalogue.find(code).orElseThrow(Refusal.NotFound::new);
        Representation representation = Representation.wanted(parameters, headers);
        Wanted wanted = Wanted.read(parameters);
        @Nullable Horizon horizon = sights.horizon(parameters);
        Catalogue defined = sights.defined(horizon);
        List<FigureQuery> asked =
                List.of(questions.read(defined.find(code).orElse(figure), parameters, wanted, sights.today(horizon)));
        Report report = report(asked, wanted, horizon, province, parameters);
        boolean lasts = horizon != null && areFound(asked, defined);
        return representation.answer(formats.one(representation.format(), report), report, code, lasts);
    }

    /** Whether it is known how all of them were defined; of the others today's definition may be another tomorrow. */
    private static boolean areFound(List<FigureQuery> asked, Catalogue defined) {
        return asked.stream()
                .allMatch(query -> defined.find(query.indicator().code()).isPresent());
    }

    private Response outside(String code, Map<String, List<String>> parameters, HttpHeaders headers) {
        OutsideView.check(parameters);
        Figure figure = catalogue.find(code).orElseThrow(Refusal.NotFound::new);
        OutsideView.check(figure);
        Representation representation = Representation.wanted(parameters, headers);
        Wanted wanted = Wanted.read(parameters);
        FigureQuery query = questions.read(figure, parameters, wanted, sights.today(null));
        OutsideView.check(query);
        Report report;
        if (figure instanceof Indicator indicator && indicator.outside() instanceof Outside.Released) {
            report = counting.report(released.answer(indicator, query), wanted);
        } else {
            readership.figuresAreThere();
            report = counting.open(query, wanted);
        }
        return representation.answer(formats.one(representation.format(), report), report, code, false);
    }

    Response several(Map<String, List<String>> parameters, HttpHeaders headers) {
        Optional<String> province = readership.province();
        Representation representation = Representation.wanted(parameters, headers);
        Wanted wanted = Wanted.read(parameters);
        @Nullable Horizon horizon = sights.horizon(parameters);
        Catalogue defined = sights.defined(horizon);
        List<FigureQuery> asked = questions.several(parameters, defined, wanted, sights.today(horizon));
        Report report = report(asked, wanted, horizon, province, parameters);
        boolean lasts = horizon != null && areFound(asked, defined);
        return representation.answer(formats.several(representation.format(), report), report, "figures", lasts);
    }

    private Report report(
            List<FigureQuery> queries,
            Wanted wanted,
            @Nullable Horizon horizon,
            Optional<String> province,
            Map<String, List<String>> parameters) {
        List<FigureQuery> own = queries.stream().map(readership::own).toList();
        readership.figuresAreThere();
        receipts.await(parameters.getOrDefault(Receipts.PARAMETER, List.of()));
        return counting.report(own, wanted, horizon, province);
    }
}
