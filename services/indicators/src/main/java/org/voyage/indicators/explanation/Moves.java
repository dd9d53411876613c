package org.voyage.indicators.explanation;

import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.IndicatorsConfig;
import org.voyage.indicators.asof.KnownFigures;
import org.voyage.indicators.evidence.Horizon;
import org.voyage.indicators.evidence.PastEvidence;
import org.voyage.indicators.evidence.PastEvidence.Place;
import org.voyage.indicators.evidence.PastEvidence.Step;
import org.voyage.indicators.indicator.Figure;
import org.voyage.indicators.live.Cut;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.Period;
import org.voyage.indicators.query.Sights;
import org.voyage.indicators.query.Wrong;
import org.voyage.kit.problem.Refusal;

/**
 * Goes from what a value was at one moment to what it was at another: by the definition, the lists and the day of each. The
 * facts of the first moment are looked at by the definition, then the lists, then on the day of the second; then the events
 * between the two follow.
 */
@ApplicationScoped
public class Moves {

    private final Sights sights;
    private final KnownFigures known;
    private final PastEvidence evidence;
    private final Duration lateAfter;
    private final Duration longest;
    private final Clock clock;

    Moves(Sights sights, KnownFigures known, PastEvidence evidence, IndicatorsConfig config, Clock clock) {
        this.sights = sights;
        this.known = known;
        this.evidence = evidence;
        this.lateAfter = config.asOf().lateAfter();
        this.longest = config.asOf().longest();
        this.clock = clock;
    }

    /**
     * @param query for one value, as it is asked on the day of the second moment
     * @param same the same question to another definition of the figure; empty when that one cannot be asked it
     * @param shown the events that the reader may see
     * @throws Refusal.Malformed when going from the one to the other takes too long
     * @throws Refusal.Unavailable when the evidence cannot be read, or others wait for theirs
     */
    public Moved between(
            FigureQuery query,
            Function<Figure, Optional<FigureQuery>> same,
            Horizon from,
            Horizon to,
            Predicate<Place> shown) {
        Figure figure = query.indicator();
        Asking before = new Asking(sights.figuresOn(from), query);
        Asking after = new Asking(sights.figuresOn(to), query);
        Asking defined = Optional.of(sights.defined(figure, from))
                .filter(then -> !then.equals(figure))
                .flatMap(same)
                .map(older -> new Asking(before.figures(), older))
                .orElse(before);
        Replay replay = new Replay(figure, lateAfter, clock.getZone(), shown);
        boolean countedAlike = defined == before && before.figures().hasRegionsOf(after.figures());
        return known.goOnFrom(figure, from, to, replay, own -> {
            Moved.Known start = countedAlike
                    ? known(own.figures(), before, from)
                    : known(known.apart(defined.query().indicator(), from), defined, from);
            Movement movement = replay.run(
                    own.figures(),
                    own.readers(),
                    steps -> evidence.between(from, to, figure.records(), inTime(steps)),
                    after,
                    own.figures().read(cut -> passed(cut, start.exact(), defined != before, before, after)),
                    KnownFigures.own(figure, to).next());
            return new Moved(
                    start, known(own.figures(), after, to), after.figures().periodText(query, List.of()), movement);
        });
    }

    /** Others wait. */
    private Consumer<Step> inTime(Consumer<Step> steps) {
        long end = System.nanoTime() + longest.toNanos();
        return step -> {
            if (System.nanoTime() - end > 0) {
                throw Wrong.of(
                        "from",
                        "too-far-apart",
                        "So much happened between the two moments that it takes more than " + longest.toSeconds()
                                + " s to go from the one to the other; choose nearer ones.",
                        "两个时刻之间的变化过多，逐条推算超过 " + longest.toSeconds() + " 秒，请缩短时间间隔。");
            }
            steps.accept(step);
        };
    }

    /**
     * What the facts of the first moment give more when they are looked at as at the second.
     *
     * @param redefined otherwise it is the regions that the definition asks for which changed
     */
    private static Map<Why, BigDecimal> passed(
            Cut cut, @Nullable BigDecimal start, boolean redefined, Asking before, Asking after) {
        BigDecimal defined = before.orZero(cut);
        BigDecimal listed = new Asking(before.figures().byListsOf(after.figures()), before.query()).orZero(cut);
        Map<Why, BigDecimal> passed = new EnumMap<>(Why.class);
        passed.put(
                redefined ? Why.DEFINITION_CHANGED : Why.LIST_CHANGED,
                defined.subtract(start == null ? BigDecimal.ZERO : start));
        passed.merge(Why.LIST_CHANGED, listed.subtract(defined), BigDecimal::add);
        passed.merge(
                passing(before.query(), before.figures().today()),
                after.orZero(cut).subtract(listed),
                BigDecimal::add);
        return passed;
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

    private static Moved.Known known(LiveFigures figures, Asking asking, Horizon horizon) {
        return figures.read(cut -> new Moved.Known(
                horizon.moment(),
                cut.positions().offsets(),
                asking.value(cut),
                asking.query().indicator().version(),
                asking.figures().listVersions(asking.query())));
    }
}
