package org.voyage.indicators.feature.completeness;

import java.time.ZoneId;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.feature.completeness.CoverageCalculator.CoverageInputs;
import org.voyage.indicators.feature.completeness.SubmissionStore.SenderYear;
import org.voyage.indicators.feature.completeness.SubmissionStore.SubmissionSender;
import org.voyage.indicators.feature.completeness.SubmissionStore.SubmissionState;
import org.voyage.indicators.feature.completeness.SubmissionStore.YearClosing;
import org.voyage.indicators.live.FactCountsByYear;
import org.voyage.kit.log.LogTopics;

/** Progress of the years of a figure's senders: records received, records planned, and closed years. */
final class YearProgress {

    private static final Set<String> CLOSED_STATES = Set.of("accepted", "locked");
    private static final Set<String> SUBMITTED_STATES = Set.of("submitted", "accepted", "locked");

    private final CoverageInputs inputs;
    private final SubmissionState state;
    private final LogTopics topics;
    private final Set<String> services = new TreeSet<>();
    private final Map<SubmissionSender, Integer> lastSubmittedYears = new HashMap<>();
    private final ZoneId zone;
    /** Last year with activity of each sender; null until a stock asks for it. */
    private volatile @Nullable Map<SubmissionSender, Integer> lastActiveYears;

    /** @param zone whose years count for the time of a push */
    YearProgress(CoverageInputs seen, SubmissionState state, LogTopics topics, ZoneId zone) {
        this.inputs = seen;
        this.state = state;
        this.topics = topics;
        this.zone = zone;
        seen.countedRecords().keySet().forEach(record -> services.add(topics.serviceOf(record)));
        state.closings().forEach((year, closing) -> {
            if (SUBMITTED_STATES.contains(closing.state())) {
                lastSubmittedYears.merge(year.sender(), year.year(), Math::max);
            }
        });
    }

    private Map<SubmissionSender, Integer> lastActiveYears() {
        Map<SubmissionSender, Integer> last = lastActiveYears;
        if (last == null) {
            last = computeLastActiveYears();
            lastActiveYears = last;
        }
        return last;
    }

    /** Computes the last year in which, or about which, each sender has sent something. */
    private Map<SubmissionSender, Integer> computeLastActiveYears() {
        Map<SubmissionSender, Integer> last = new HashMap<>();
        inputs.serviceRecords().forEach((record, years) -> {
            String service = topics.serviceOf(record);
            years.forEach((year, counts) -> {
                counts.facts()
                        .keySet()
                        .forEach(province -> last.merge(new SubmissionSender(service, province), year, Math::max));
                counts.changed()
                        .forEach((province, at) -> last.merge(
                                new SubmissionSender(service, province),
                                at.atZone(zone).getYear(),
                                Math::max));
            });
        });
        inputs.earlierPushes().changes().forEach((of, at) -> {
            if (inputs.serviceRecords().containsKey(of.record())) {
                last.merge(
                        new SubmissionSender(topics.serviceOf(of.record()), of.province()),
                        at.atZone(zone).getYear(),
                        Math::max);
            }
        });
        return last;
    }

    /** Returns whether a year counts records that belong to earlier years, as a stock does. */
    boolean countsEarlierRecords() {
        return inputs.countsEarlierRecords();
    }

    /** Returns the services that have records of the figure. */
    Set<String> services() {
        return services;
    }

    /** Returns the number of all records of a service, with those that the figure does not count. */
    long recordCount(String service, String province, int year) {
        return inputs.serviceRecords().entrySet().stream()
                .filter(record -> topics.serviceOf(record.getKey()).equals(service))
                .mapToLong(record -> record.getValue()
                        .getOrDefault(year, FactCountsByYear.YearFactCounts.EMPTY)
                        .facts()
                        .getOrDefault(province, 0L))
                .sum();
    }

    /** Returns the planned number of records of a service; null without a plan. */
    @Nullable
    Long plannedRecords(String service, String province, int year) {
        return state.plans().get(new SenderYear(new SubmissionSender(service, province), year));
    }

    /** Returns whether a province has closed a year in every service that has records of the figure. */
    boolean isClosed(String province, int year) {
        return services.stream().allMatch(service -> {
            YearClosing closing = state.closings().get(new SenderYear(new SubmissionSender(service, province), year));
            return closing != null && CLOSED_STATES.contains(closing.state());
        });
    }

    /** Returns the provinces that have reported about a year, with regard to all records that the figure counts. */
    Set<String> reportingProvinces(Set<String> asked, int year) {
        return asked.stream()
                .filter(province -> inputs.countedRecords().keySet().stream()
                        .allMatch(record -> hasReported(record, province, year)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns whether any of the provinces has reported about a year, with regard to any record of the figure. */
    boolean isReported(Set<String> asked, int year) {
        return asked.stream()
                .anyMatch(province -> inputs.countedRecords().keySet().stream()
                        .anyMatch(record -> hasReported(record, province, year)));
    }

    /** Returns the last year, up to this one, about which any of the provinces has reported; empty when there is none. */
    OptionalInt lastReportedYear(Set<String> asked, int year) {
        return Stream.concat(
                        inputs.countedRecords().values().stream().flatMap(years -> years.keySet().stream()),
                        state.closings().keySet().stream().map(SenderYear::year))
                .filter(each -> each != FactCountsByYear.UNKNOWN_YEAR && each <= year)
                .distinct()
                .sorted(Comparator.reverseOrder())
                .mapToInt(Integer::intValue)
                .filter(each -> isReported(asked, each))
                .findFirst();
    }

    /**
     * Returns whether a province has reported one record about a year: it has such records about the year, or it has
     * submitted the year.
     *
     * <p>A stock holds what began in earlier years, so a year without a beginning says nothing; the same holds of a flow
     * of ends. There a province has reported about a year when it has such records of any year, and has sent anything to
     * the service in this year or later, or about this year or a later one.
     */
    private boolean hasReported(String record, String province, int year) {
        String service = topics.serviceOf(record);
        if (!inputs.countsEarlierRecords()) {
            return countRecords(record, province, year) > 0 || isSubmitted(service, province, year);
        }
        SubmissionSender sender = new SubmissionSender(service, province);
        if (lastSubmittedYears.getOrDefault(sender, Integer.MIN_VALUE) >= year) {
            return true;
        }
        boolean reachesYear =
                inputs.serviceRecords().isEmpty() || lastActiveYears().getOrDefault(sender, Integer.MIN_VALUE) >= year;
        return reachesYear && yearsOf(record).stream().anyMatch(any -> countRecords(record, province, any) > 0);
    }

    private Set<Integer> yearsOf(String record) {
        return inputs.countedRecords().getOrDefault(record, Map.of()).keySet();
    }

    private boolean isSubmitted(String service, String province, int year) {
        YearClosing closing = state.closings().get(new SenderYear(new SubmissionSender(service, province), year));
        return closing != null && SUBMITTED_STATES.contains(closing.state());
    }

    /**
     * Compares a province's records about a year with the expected number. A service with a plan is compared with its
     * plan. Without a plan, each record is compared with its number in the other year, except for a stock: how many of
     * its records begin in a year differs by nature. A fulfilled plan explains a
     * difference to the other year, unless the other year did not fulfil its own plan.
     */
    Set<VolumeStatus> volumeStatuses(String province, int year, int other) {
        Set<VolumeStatus> amounts = EnumSet.noneOf(VolumeStatus.class);
        for (String service : services) {
            VolumeStatus planned = compareWithPlan(service, province, year);
            if (planned == VolumeStatus.FEWER || planned == VolumeStatus.MORE) {
                amounts.add(planned);
            } else if (!inputs.countsEarlierRecords()
                    && (planned == null || isOffPlan(compareWithPlan(service, province, other)))) {
                inputs.countedRecords().keySet().stream()
                        .filter(record -> topics.serviceOf(record).equals(service))
                        .forEach(record -> amounts.add(compareWithOtherYear(record, province, year, other)));
            }
        }
        return amounts;
    }

    private @Nullable VolumeStatus compareWithPlan(String service, String province, int year) {
        Long plan = plannedRecords(service, province, year);
        return plan == null ? null : VolumeStatus.compare(recordCount(service, province, year), plan);
    }

    private static boolean isOffPlan(@Nullable VolumeStatus planned) {
        return planned != null && planned != VolumeStatus.AS_EXPECTED;
    }

    /** Compares with the other year. A province without records about the other year is new, thus as expected. */
    private VolumeStatus compareWithOtherYear(String record, String province, int year, int other) {
        long before = countRecords(record, province, other);
        return before == 0
                ? VolumeStatus.AS_EXPECTED
                : VolumeStatus.compare(countRecords(record, province, year), before);
    }

    private long countRecords(String record, String province, int year) {
        return inputs.countedRecords()
                .getOrDefault(record, Map.of())
                .getOrDefault(year, FactCountsByYear.YearFactCounts.EMPTY)
                .facts()
                .getOrDefault(province, 0L);
    }
}
