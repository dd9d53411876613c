package org.voyage.indicators.completeness;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.completeness.Coverage.Seen;
import org.voyage.indicators.completeness.SubmissionStore.Closing;
import org.voyage.indicators.completeness.SubmissionStore.Sender;
import org.voyage.indicators.completeness.SubmissionStore.State;
import org.voyage.indicators.completeness.SubmissionStore.YearOf;
import org.voyage.indicators.intake.Topics;
import org.voyage.indicators.live.ByYear;

/** How far the years of the senders of a figure's records have come: what is there, what is planned, and what is closed. */
final class Standing {

    private static final Set<String> CLOSED = Set.of("accepted", "locked");

    private final Seen seen;
    private final State state;
    private final Topics topics;
    private final Set<String> services = new TreeSet<>();

    Standing(Seen seen, State state, Topics topics) {
        this.seen = seen;
        this.state = state;
        this.topics = topics;
        seen.own().keySet().forEach(record -> services.add(topics.service(record)));
    }

    /** Those that the figure has records of. */
    Set<String> services() {
        return services;
    }

    /** How many records of a service there are, of those that the figure counts and others. */
    long there(String service, String province, int year) {
        return seen.all().entrySet().stream()
                .filter(record -> topics.service(record.getKey()).equals(service))
                .mapToLong(record -> record.getValue()
                        .getOrDefault(year, ByYear.Seen.NOTHING)
                        .facts()
                        .getOrDefault(province, 0L))
                .sum();
    }

    /** How many records of a service are planned; null when nothing is. */
    @Nullable
    Long plan(String service, String province, int year) {
        return state.plans().get(new YearOf(new Sender(service, province), year));
    }

    /** Whether a province has closed a year, in every service that the figure has records of. */
    boolean isClosed(String province, int year) {
        return services.stream().allMatch(service -> {
            Closing closing = state.closings().get(new YearOf(new Sender(service, province), year));
            return closing != null && CLOSED.contains(closing.state());
        });
    }

    /** The provinces that have all records that the figure counts. */
    Set<String> with(Set<String> asked, int year) {
        Set<String> provinces = new TreeSet<>(asked);
        seen.own()
                .values()
                .forEach(record -> provinces.retainAll(
                        record.getOrDefault(year, ByYear.Seen.NOTHING).facts().keySet()));
        return provinces;
    }

    /**
     * What the records of a province about a year are beside those that are expected: of each service as many as are planned,
     * and where nothing is, of each record as many as about another year. A plan that is met says why they are not as many,
     * unless that other year has not met its own.
     */
    Set<Amount> amounts(String province, int year, int other) {
        Set<Amount> amounts = EnumSet.noneOf(Amount.class);
        for (String service : services) {
            Amount planned = planned(service, province, year);
            if (planned == Amount.FEWER || planned == Amount.MORE) {
                amounts.add(planned);
            } else if (planned == null || isOffPlan(planned(service, province, other))) {
                seen.own().keySet().stream()
                        .filter(record -> topics.service(record).equals(service))
                        .forEach(record -> amounts.add(beside(record, province, year, other)));
            }
        }
        return amounts;
    }

    private @Nullable Amount planned(String service, String province, int year) {
        Long plan = plan(service, province, year);
        return plan == null ? null : Amount.of(there(service, province, year), plan);
    }

    private static boolean isOffPlan(@Nullable Amount planned) {
        return planned != null && planned != Amount.AS_EXPECTED;
    }

    /** Who has none about the other year is new, or begins. */
    private Amount beside(String record, String province, int year, int other) {
        long before = own(record, province, other);
        return before == 0 ? Amount.AS_EXPECTED : Amount.of(own(record, province, year), before);
    }

    private long own(String record, String province, int year) {
        return seen.own()
                .getOrDefault(record, Map.of())
                .getOrDefault(year, ByYear.Seen.NOTHING)
                .facts()
                .getOrDefault(province, 0L);
    }
}
