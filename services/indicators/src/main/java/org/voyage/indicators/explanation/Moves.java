package org.voyage.indicators.explanation;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.voyage.indicators.IndicatorsConfig;
import org.voyage.indicators.asof.KnownFigures;
import org.voyage.indicators.evidence.Horizon;
import org.voyage.indicators.evidence.PastEvidence;
import org.voyage.indicators.evidence.PastEvidence.Step;
import org.voyage.indicators.indicator.Indicator;
import org.voyage.indicators.live.Cut;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.live.Slice;
import org.voyage.indicators.query.Cell;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.Figures;
import org.voyage.indicators.query.Period;
import org.voyage.indicators.query.Sights;
import org.voyage.indicators.reference.Reference;
import org.voyage.kit.web.Refusal;

/** Goes from what was known of a counted value at one moment to what was known of it at another. */
@ApplicationScoped
public class Moves {

    private final Sights sights;
    private final KnownFigures known;
    private final PastEvidence evidence;
    private final Reference reference;
    private final IndicatorsConfig config;
    private final Clock clock;

    Moves(
            Sights sights,
            KnownFigures known,
            PastEvidence evidence,
            Reference reference,
            IndicatorsConfig config,
            Clock clock) {
        this.sights = sights;
        this.known = known;
        this.evidence = evidence;
        this.reference = reference;
        this.config = config;
        this.clock = clock;
    }

    /**
     * @param query for one value of a figure that is counted, as it is asked on the day of the second moment
     * @param parameter names the first moment in a refusal
     * @throws Refusal.Malformed when too many events lie between the two
     * @throws Refusal.Unavailable when the evidence cannot be read
     */
    public Moved between(FigureQuery query, Horizon from, Horizon to, String parameter) {
        if (!(query.indicator() instanceof Indicator indicator)) {
            throw new IllegalArgumentException(query.indicator().code() + " is not counted");
        }
        Asking before = new Asking(sights.figuresOn(from), query);
        Asking after = new Asking(sights.figuresOn(to), query);
        List<Step> steps = steps(indicator, from, to, parameter);
        Replay replay = new Replay(
                indicator,
                config.asOf().lateAfter(),
                clock.getZone(),
                passing(query, before.figures().today()));
        return known.goOnFrom(indicator, from, replay, own -> {
            Moved.Known start = known(own.figures(), before, from);
            Movement movement = replay.run(
                    own.figures(),
                    own.readers(),
                    steps,
                    before,
                    after,
                    KnownFigures.own(indicator, to).next());
            return new Moved(
                    start,
                    known(own.figures(), after, to),
                    own.figures().read(cut -> after.figures().periodText(query, after.cells(cut))),
                    movement);
        });
    }

    /** The versions of the lists that decide what counts. */
    public Map<String, String> listVersions(FigureQuery query) {
        return Asked.listVersions(reference, query);
    }

    /** Of a period that was over on the first day, only who is on a list today is still of the day that one looks. */
    private static Why passing(FigureQuery query, LocalDate first) {
        boolean listsOfToday = query.lists().stream().anyMatch(moment -> !moment.then());
        return listsOfToday && end(query.period()).isBefore(first) ? Why.LIST_CHANGED : Why.TIME_PASSED;
    }

    private static LocalDate end(Period period) {
        return switch (period) {
            case Period.Current _ -> LocalDate.MAX;
            case Period.Year year -> YearMonth.of(year.year(), 12).atEndOfMonth();
            case Period.Years years -> YearMonth.of(years.last(), 12).atEndOfMonth();
            case Period.Month month -> month.month().atEndOfMonth();
        };
    }

    private record Asking(Figures figures, FigureQuery query) implements Replay.Question {

        List<Cell> cells(Cut cut) {
            return figures.cells(cut, query, Optional.empty());
        }

        @Override
        public long value(Cut cut) {
            return cells(cut).getFirst().value();
        }

        @Override
        public Slice slice(Cut cut) {
            return figures.slice(cut, query);
        }
    }

    private List<Step> steps(Indicator indicator, Horizon from, Horizon to, String parameter) {
        int most = config.asOf().maxEvents();
        try {
            List<Step> steps = evidence.between(from, to, indicator.records(), most + 1);
            if (steps.size() > most) {
                throw Asked.refused(
                        parameter,
                        "too-many-events",
                        "More than " + most + " events lie between the two moments; choose nearer ones.",
                        "两个时刻之间的事件超过 " + most + " 条，请缩短时间间隔。");
            }
            return steps;
        } catch (SQLException e) {
            throw new Refusal.Unavailable(5);
        }
    }

    private static Moved.Known known(LiveFigures figures, Asking asking, Horizon horizon) {
        return figures.read(
                cut -> new Moved.Known(horizon.moment(), cut.positions().offsets(), asking.value(cut)));
    }
}
