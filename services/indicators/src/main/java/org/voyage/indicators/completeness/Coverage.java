package org.voyage.indicators.completeness;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.completeness.SubmissionStore.State;
import org.voyage.indicators.completeness.SubmissionStore.Waiting;
import org.voyage.indicators.indicator.Derived;
import org.voyage.indicators.indicator.Figure;
import org.voyage.indicators.indicator.Rule;
import org.voyage.indicators.indicator.Text;
import org.voyage.indicators.intake.Topics;
import org.voyage.indicators.live.ByYear;
import org.voyage.indicators.live.Cut;
import org.voyage.indicators.query.Answers.CoverageYear;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.kit.access.Province;
import org.voyage.kit.database.DatabaseException;
import org.voyage.kit.problem.Refusal;

/**
 * How many provinces have records about each year of a figure, how many records are there and expected, and when the last one
 * came. Of a figure that is made of several records a province counts that has all of them.
 */
@ApplicationScoped
public class Coverage {

    private static final Text NOTHING_KNOWN = new Text(
            "在该时刻，平台尚未收到该指标所统计的任何记录。", "At that moment nothing was known yet of the records that the figure counts.");
    private static final int YEAR_DIGITS = 4;
    private static final long KNOWN_NANOS = 1_000_000_000L;

    private final Arrived arrived;
    private final Pushes pushes;
    private final SubmissionStore submissions;
    private final Topics topics;
    private volatile @Nullable Known known;

    Coverage(Arrived arrived, Pushes pushes, SubmissionStore submissions, Topics topics) {
        this.arrived = arrived;
        this.pushes = pushes;
        this.submissions = submissions;
        this.topics = topics;
    }

    private record Known(long until, State state) {}

    /**
     * What there is about each year; to be taken from the cut of the values.
     *
     * @param own by record that the figure counts
     * @param all by record of the services that have these
     */
    public record Seen(
            Map<String, Map<Integer, ByYear.Seen>> own,
            Map<String, Map<Integer, ByYear.Seen>> all,
            Pushes.Before before) {}

    /**
     * The years that are compared.
     *
     * @param back each with the one so many years before
     * @param from the first of which that is true: of a growth only the last
     * @param running the year that goes on where the answer stands
     */
    public record Compared(List<Integer> years, int back, int from, int running) {

        /**
         * What a question compares: each year with the one before, a change with as many before as it goes back, a growth its
         * last year with its first.
         *
         * @param period the years of its answer as texts, such as 2012..2023 or 2023-05
         */
        public static Compared of(FigureQuery query, String period, LocalDate today) {
            int dots = period.indexOf("..");
            int last = year(dots < 0 ? period : period.substring(dots + 2));
            int first = dots <= 0 ? last : year(period);
            return rule(query.indicator()) instanceof Rule.Growth
                    ? new Compared(List.of(first, last), last - first, last, today.getYear())
                    : range(query.indicator(), first, last, today);
        }

        private static @Nullable Rule rule(Figure figure) {
            return figure instanceof Derived derived ? derived.rule() : null;
        }

        private static int year(String text) {
            return Integer.parseInt(text.substring(0, YEAR_DIGITS));
        }

        /** Each with the year before, of a change with as many before as it goes back. */
        public static Compared range(Figure figure, int first, int last, LocalDate today) {
            List<Integer> years = new ArrayList<>();
            for (int year = first; year <= last; year++) {
                years.add(year);
            }
            int back = rule(figure) instanceof Rule.Change change ? change.over() : 1;
            return new Compared(years, back, first, today.getYear());
        }
    }

    public Seen seen(Cut cut, Figure figure) {
        Map<String, Map<Integer, ByYear.Seen>> own = new LinkedHashMap<>();
        records(figure).forEach(record -> own.put(record, cut.years(record)));
        Map<String, Map<Integer, ByYear.Seen>> all = new LinkedHashMap<>();
        arrived.ofServices(own.keySet()).forEach(record -> all.put(record, cut.years(record)));
        return new Seen(own, all, pushes.before());
    }

    /** Of a figure as it was known: from its own records alone. */
    public Seen seenThen(Cut cut, Figure figure) {
        Map<String, Map<Integer, ByYear.Seen>> own = new LinkedHashMap<>();
        records(figure).forEach(record -> own.put(record, cut.years(record)));
        return new Seen(own, Map.of(), Pushes.Before.NOTHING);
    }

    /**
     * As it was known at a moment: how what was sent, told and planned stood then is not kept.
     *
     * @param known whether anything was known of its records
     * @param of the provinces that are asked about; empty for all
     * @param own the only province that may be named; empty when all may
     */
    public List<CoverageYear> yearsThen(
            Seen seen, boolean known, Compared compared, Set<String> of, Optional<String> own) {
        Standing standing = new Standing(seen, State.NOTHING, topics);
        List<CoverageYear> years = new ArrayList<>();
        for (int year : compared.years()) {
            Provinces provinces = Provinces.in(standing, compared, year, of, own);
            years.add(new CoverageYear(
                    year,
                    known,
                    provinces.here(),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    provinces.missing(),
                    provinces.added(),
                    provinces.fewer(),
                    provinces.more(),
                    known ? provinces.warning() : NOTHING_KNOWN));
        }
        return List.copyOf(years);
    }

    /**
     * @param of the provinces that are asked about; empty for all
     * @param own the only province that may be named; empty when all may
     * @throws Refusal.Unavailable when it could never be read yet what services told besides their records
     */
    public List<CoverageYear> years(Figure figure, Seen seen, Compared compared, Set<String> of, Optional<String> own) {
        State state = state();
        Standing standing = new Standing(seen, state, topics);
        List<CoverageYear> years = new ArrayList<>();
        for (int year : compared.years()) {
            Provinces provinces = Provinces.in(standing, compared, year, of, own);
            Set<String> visible = new TreeSet<>(of.isEmpty() ? Province.codes() : of);
            visible.removeIf(province -> !own.map(province::equals).orElse(true));
            Waiting waiting = waiting(figure, state, year, visible);
            Expected expected = expected(standing, year, visible);
            years.add(new CoverageYear(
                    year,
                    true,
                    provinces.here(),
                    closed(standing, year, of),
                    provinces.notClosed(),
                    waiting.parked(),
                    waiting.refused(),
                    expected.received(),
                    expected.records(),
                    expected.from(),
                    Pushes.later(waiting.last(), lastChange(seen, year, visible)),
                    provinces.missing(),
                    provinces.added(),
                    provinces.fewer(),
                    provinces.more(),
                    provinces.warning()));
        }
        return List.copyOf(years);
    }

    /**
     * @param records null when it is known of none of them
     * @param planned of how many senders a plan says it
     * @param known of how many it is known
     */
    private record Expected(long received, @Nullable Long records, int planned, int known) {

        @Nullable
        String from() {
            return known == 0 ? null : planned == 0 ? "year-before" : planned == known ? "plan" : "both";
        }
    }

    /** As of the senders by themselves: a plan is one of all records of a service. */
    private static Expected expected(Standing standing, int year, Set<String> provinces) {
        long received = 0;
        long records = 0;
        int planned = 0;
        int known = 0;
        for (String service : standing.services()) {
            for (String province : provinces) {
                received += standing.there(service, province, year);
                Long plan = standing.plan(service, province, year);
                Long expected = expected(plan, standing.there(service, province, year - 1));
                if (expected != null) {
                    known++;
                    planned += plan == null ? 0 : 1;
                    records += expected;
                }
            }
        }
        return new Expected(received, known == 0 ? null : records, planned, known);
    }

    /**
     * How many records of a sender are expected about a year.
     *
     * @param plan as a plan says, which may be none at all
     * @return null when there is neither a plan nor a record about the year before: nothing is known then
     */
    static @Nullable Long expected(@Nullable Long plan, long before) {
        return plan != null ? plan : before > 0 ? before : null;
    }

    private static @Nullable Instant lastChange(Seen seen, int year, Set<String> provinces) {
        Instant last = null;
        for (Map.Entry<String, Map<Integer, ByYear.Seen>> record : seen.own().entrySet()) {
            ByYear.Seen since = record.getValue().getOrDefault(year, ByYear.Seen.NOTHING);
            for (String province : provinces) {
                last = Pushes.later(last, seen.before().last(record.getKey(), province, year, since));
            }
        }
        return last;
    }

    private static int closed(Standing standing, int year, Set<String> of) {
        return (int) (of.isEmpty() ? Province.codes() : of)
                .stream().filter(province -> standing.isClosed(province, year)).count();
    }

    private static Set<String> records(Figure figure) {
        Set<String> records = new TreeSet<>();
        figure.counted().forEach(counted -> records.add(counted.record()));
        return records;
    }

    /** Of the records that the figure counts. */
    private static Waiting waiting(Figure figure, State state, int year, Set<String> provinces) {
        Set<String> records = records(figure);
        return state.waiting().entrySet().stream()
                .filter(each -> each.getKey().year().year() == year
                        && records.contains(each.getKey().record())
                        && provinces.contains(each.getKey().year().sender().province()))
                .map(Map.Entry::getValue)
                .reduce(Waiting.NOTHING, Waiting::and);
    }

    /** While the database is away what was read last stands there. */
    private State state() {
        Known last = known;
        if (last == null || System.nanoTime() - last.until() > 0) {
            State state = read(last);
            last = new Known(System.nanoTime() + KNOWN_NANOS, state);
            known = last;
        }
        return last.state();
    }

    private State read(@Nullable Known last) {
        try {
            return submissions.state();
        } catch (DatabaseException e) {
            if (last == null) {
                throw new Refusal.Unavailable(5);
            }
            return last.state();
        }
    }
}
