package org.voyage.kit.record.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.database.StatementPipeline;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.record.RecordKey;
import org.voyage.kit.record.RecordSubmission;
import org.voyage.kit.record.RecordType;
import org.voyage.kit.record.RecordVersion;
import org.voyage.kit.record.VersionedTable;
import org.voyage.kit.rules.RulesConfig;

/**
 * Plausibility checks of a record's amount against the sender's other records of the same subject, under other keys or
 * for other years, and against the records of all provinces.
 */
public final class PlausibilityChecks<T> {

    private final RecordType<T> type;
    private final RulesConfig limits;
    private final List<RecordVersion<T>> storedRecords;
    private final JumpCheck<T> jumps;
    private final DuplicateSeriesCheck<T> doubles;
    private final NationalAmounts national;
    private final NationalAmountCheck<T> outliers;

    /**
     * @param there from {@link #loadSeries}
     * @param sent all submissions of the write, which are also compared with each other
     */
    public PlausibilityChecks(
            RecordType<T> type,
            RulesConfig limits,
            NationalAmounts national,
            List<RecordVersion<T>> there,
            List<RecordSubmission<T>> sent) {
        this.type = type;
        this.limits = limits;
        this.national = national;
        this.outliers = new NationalAmountCheck<>(type, national.findAmounts(type), limits);
        this.storedRecords = there;
        this.jumps = new JumpCheck<>(type.amount(), limits);
        this.doubles = new DuplicateSeriesCheck<>(type.amount());
        there.forEach(one -> addRecord(one.key(), one.record()));
        sent.forEach(one -> addRecord(one.key(), one.record()));
    }

    /**
     * Loads the active records of the same series as the submissions. The result is filled when the pipeline executes.
     */
    public static <T> List<RecordVersion<T>> loadSeries(
            RecordType<T> type, VersionedTable<T> table, List<RecordSubmission<T>> sent, StatementPipeline pipeline) {
        Set<RecordKey> series = new HashSet<>();
        for (RecordSubmission<T> one : sent) {
            SeriesYear year = one.record() == null ? null : SeriesYear.of(type.amount(), one.key(), one.record());
            if (year != null) {
                series.add(year.seriesKey());
            }
        }
        return series.isEmpty() ? List.of() : table.findSeries(series, pipeline);
    }

    /** Returns the checks against accepted submissions only; refused ones are not compared. */
    public PlausibilityChecks<T> restrictedTo(List<RecordSubmission<T>> taken) {
        return new PlausibilityChecks<>(type, limits, national, storedRecords, taken);
    }

    private void addRecord(RecordKey key, @Nullable T record) {
        jumps.addRecord(key, record);
        doubles.addRecord(key, record);
    }

    /**
     * Returns warnings about a submission.
     *
     * @param standing the version before; null if there is none
     */
    public List<Finding> findWarnings(RecordSubmission<T> sent, @Nullable T standing) {
        T record = sent.record();
        if (record == null) {
            return List.of();
        }
        List<Finding> found = new ArrayList<>(doubles.findDuplicates(sent.key(), record));
        found.addAll(jumps.findJumps(sent.key(), record, standing));
        found.addAll(outliers.findOutliers(record, standing));
        return found;
    }
}
