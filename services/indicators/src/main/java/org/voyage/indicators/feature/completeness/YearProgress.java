package org.voyage.indicators.feature.completeness;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.feature.completeness.CoverageCalculator.CoverageInputs;
import org.voyage.indicators.feature.completeness.SubmissionStore.SenderYear;
import org.voyage.indicators.feature.completeness.SubmissionStore.SubmissionSender;
import org.voyage.indicators.feature.completeness.SubmissionStore.SubmissionState;
import org.voyage.indicators.feature.completeness.SubmissionStore.YearClosing;
import org.voyage.indicators.live.FactCountsByYear;
import org.voyage.indicators.log.LogTopics;

/** Progress of the years of a figure's senders: records received, records planned, and closed years. */
final class YearProgress {

    private static final Set<String> CLOSED_STATES = Set.of("accepted", "locked");

    private final CoverageInputs inputs;
    private final SubmissionState state;
    private final LogTopics topics;
    private final Set<String> services = new TreeSet<>();

    YearProgress(CoverageInputs seen, SubmissionState state, LogTopics topics) {
        this.inputs = seen;
        this.state = state;
        this.topics = topics;
        seen.countedRecords().keySet().forEach(record -> services.add(topics.serviceOf(record)));
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

    /** Returns the provinces that have all records that the figure counts. */
    Set<String> provincesWithAllRecords(Set<String> asked, int year) {
        Set<String> provinces = new TreeSet<>(asked);
        inputs.countedRecords()
                .values()
                .forEach(record -> provinces.retainAll(record.getOrDefault(year, FactCountsByYear.YearFactCounts.EMPTY)
                        .facts()
                        .keySet()));
        return provinces;
    }

    /**
     * Compares a province's records about a year with the expected number. A service with a plan is compared with its
     * plan. Without a plan, each record is compared with its number in the other year. A fulfilled plan explains a
     * difference to the other year, unless the other year did not fulfil its own plan.
     */
    Set<VolumeStatus> volumeStatuses(String province, int year, int other) {
        Set<VolumeStatus> amounts = EnumSet.noneOf(VolumeStatus.class);
        for (String service : services) {
            VolumeStatus planned = compareWithPlan(service, province, year);
            if (planned == VolumeStatus.FEWER || planned == VolumeStatus.MORE) {
                amounts.add(planned);
            } else if (planned == null || isOffPlan(compareWithPlan(service, province, other))) {
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
        long before = countedRecords(record, province, other);
        return before == 0
                ? VolumeStatus.AS_EXPECTED
                : VolumeStatus.compare(countedRecords(record, province, year), before);
    }

    private long countedRecords(String record, String province, int year) {
        return inputs.countedRecords()
                .getOrDefault(record, Map.of())
                .getOrDefault(year, FactCountsByYear.YearFactCounts.EMPTY)
                .facts()
                .getOrDefault(province, 0L);
    }
}
