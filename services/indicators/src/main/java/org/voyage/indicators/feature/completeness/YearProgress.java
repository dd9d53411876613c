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
import java.util.stream.IntStream;
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

    /** State of a year without a statement, and of one that was given back. */
    static final String OPEN_STATE = "open";

    static final Set<String> SUBMITTED_STATES = Set.of("submitted", "accepted", "locked");
    static final Set<String> LOCKED_STATES = Set.of("locked");
    /** Code in place of the province, in the keys of records that operators keep. */
    private static final String NATIONAL_CODE = "00";

    private static final Set<String> CLOSED_STATES = Set.of("accepted", "locked");

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
        return inputs.basis() != YearBasis.OWN_YEAR;
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
        return isInState(province, year, CLOSED_STATES);
    }

    /** Returns whether a province's year has one of these states in every service that has records of the figure. */
    boolean isInState(String province, int year, Set<String> states) {
        return services.stream().allMatch(service -> {
            YearClosing closing = state.closings().get(new SenderYear(new SubmissionSender(service, province), year));
            return closing != null && states.contains(closing.state());
        });
    }

    /** Returns the provinces that have reported about a year, with regard to all records that the figure counts. */
    Set<String> reportingProvinces(Set<String> asked, int year) {
        return asked.stream()
                .filter(province -> inputs.countedRecords().keySet().stream()
                        .allMatch(record -> hasReported(record, province, year)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns the provinces that have reported about a year, with regard to one record that the figure counts. */
    Set<String> reportingProvinces(String record, Set<String> asked, int year) {
        return asked.stream()
                .filter(province -> hasReported(record, province, year))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Returns the provinces that have reported about the whole of a year of a flow, with regard to one record. A flow on a
     * later day needs the submission of the year, or something sent after the year: an earlier push says nothing about the
     * ends in the rest of it. Of a past moment the times of pushes are unknown, so there a finished year needs the record
     * alone.
     *
     * @param isOver whether the year is over
     */
    Set<String> wholeYearProvinces(String record, Set<String> asked, int year, boolean isOver) {
        Set<String> reporting = reportingProvinces(record, asked, year);
        if (countsEarlierRecords()) {
            reporting.removeIf(province -> !isSubmitted(topics.serviceOf(record), province, year)
                    && !(isOver
                            && (hasSubmittedSince(record, province, year)
                                    || isActiveSince(record, province, year + 1))));
        }
        return reporting;
    }

    /** Returns the first year with a record that the figure counts or with a statement; the largest int without any. */
    int firstKnownYear() {
        return knownYears().min().orElse(Integer.MAX_VALUE);
    }

    /**
     * Returns whether any of the provinces has reported about a year, with regard to any record of the figure. Records
     * that operators keep need no report of a province: one such record is enough, for every year.
     */
    boolean isReported(Set<String> asked, int year) {
        return inputs.countedRecords().keySet().stream()
                .anyMatch(record -> hasAnyRecord(record, NATIONAL_CODE)
                        || asked.stream().anyMatch(province -> hasReported(record, province, year)));
    }

    /** Returns the last year, up to this one, about which any of the provinces has reported; empty when there is none. */
    OptionalInt lastReportedYear(Set<String> asked, int year) {
        return knownYears()
                .filter(each -> each <= year)
                .distinct()
                .boxed()
                .sorted(Comparator.reverseOrder())
                .mapToInt(Integer::intValue)
                .filter(each -> isReported(asked, each))
                .findFirst();
    }

    private IntStream knownYears() {
        return Stream.concat(
                        inputs.countedRecords().values().stream().flatMap(years -> years.keySet().stream()),
                        state.closings().keySet().stream().map(SenderYear::year))
                .mapToInt(Integer::intValue)
                .filter(year -> year != FactCountsByYear.UNKNOWN_YEAR);
    }

    /**
     * Returns whether a province has reported one record about a year: it has such records about the year, or it has
     * submitted the year.
     *
     * <p>A stock holds what began in earlier years, so a year without a beginning says nothing. There a province has
     * reported about a year when it has such records of any year, and has sent anything to the service in this year or
     * later, or about this year or a later one. A flow on a later day, such as the end of a stay, needs the same, and a
     * record that had begun by the end of the year: nothing can end that has not begun.
     */
    private boolean hasReported(String record, String province, int year) {
        return switch (inputs.basis()) {
            case OWN_YEAR ->
                countRecords(record, province, year) > 0 || isSubmitted(topics.serviceOf(record), province, year);
            case LATER_DAY ->
                isSubmitted(topics.serviceOf(record), province, year)
                        || (hasRecordUntil(record, province, year)
                                && (hasSubmittedSince(record, province, year)
                                        || isActiveSince(record, province, year)));
            case STOCK ->
                hasSubmittedSince(record, province, year)
                        || (hasAnyRecord(record, province) && isActiveSince(record, province, year));
        };
    }

    /** Returns whether a province has submitted this year or a later one to the service of a record. */
    private boolean hasSubmittedSince(String record, String province, int year) {
        SubmissionSender sender = new SubmissionSender(topics.serviceOf(record), province);
        return lastSubmittedYears.getOrDefault(sender, Integer.MIN_VALUE) >= year;
    }

    /** Returns whether a province has sent anything to the service of a record in or about this year or a later one. */
    private boolean isActiveSince(String record, String province, int year) {
        SubmissionSender sender = new SubmissionSender(topics.serviceOf(record), province);
        return inputs.serviceRecords().isEmpty() || lastActiveYears().getOrDefault(sender, Integer.MIN_VALUE) >= year;
    }

    private boolean hasAnyRecord(String record, String province) {
        return hasRecordUntil(record, province, Integer.MAX_VALUE);
    }

    private boolean hasRecordUntil(String record, String province, int lastYear) {
        return yearsOf(record).stream().anyMatch(year -> year <= lastYear && countRecords(record, province, year) > 0);
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
     * plan. Without a plan, each record is compared with its number in the other year. A stock, and a flow on a later
     * day, is not: how many of its records begin in a year differs by nature. A fulfilled plan explains a difference to
     * the other year, unless the other year did not fulfil its own plan.
     */
    Set<VolumeStatus> volumeStatuses(String province, int year, int other) {
        Set<VolumeStatus> amounts = EnumSet.noneOf(VolumeStatus.class);
        for (String service : services) {
            VolumeStatus planned = compareWithPlan(service, province, year);
            if (planned == VolumeStatus.FEWER || planned == VolumeStatus.MORE) {
                amounts.add(planned);
            } else if (!countsEarlierRecords()
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
