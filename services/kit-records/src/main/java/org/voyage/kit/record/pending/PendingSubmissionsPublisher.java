package org.voyage.kit.record.pending;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.DatabaseScope;
import org.voyage.kit.access.Province;
import org.voyage.kit.audit.RefusalListener;
import org.voyage.kit.database.SqlArray;
import org.voyage.kit.database.StatementPipeline;
import org.voyage.kit.outbox.OutboxConfig;
import org.voyage.kit.outbox.OutgoingEvent;
import org.voyage.kit.outbox.RepublishableRecord;
import org.voyage.kit.record.ChangeCause;
import org.voyage.kit.record.RecordKey;
import org.voyage.kit.record.RecordSubmission;
import org.voyage.kit.record.RecordType;
import org.voyage.kit.record.RecordVersion;
import org.voyage.kit.record.SqlConditions;
import org.voyage.kit.record.WriteMode;
import org.voyage.kit.record.write.RecordCommands;
import org.voyage.kit.record.write.RecordRepository;
import org.voyage.kit.record.write.RecordWriteSupport;
import org.voyage.kit.record.write.RetryingTransactions;

/**
 * Publisher of the numbers of pending submissions: rows of files and single writes that wait now, and refused single
 * writes. It looks for new writes about once a second, and publishes changed numbers.
 */
@ApplicationScoped
class PendingSubmissionsPublisher implements RepublishableRecord, RefusalListener {

    private static final Logger LOG = Logger.getLogger(PendingSubmissionsPublisher.class);

    /** One instance at a time: an older count must not come after a newer one. */
    private static final String TRY_LOCK_SQL = "select pg_try_advisory_xact_lock(7304, 0), audit_horizon()";

    private static final String INSERT_REFUSED_SQL = "insert into refused_write values (?, ?, nullif(?, 0))";
    private static final String TAKE_REFUSED_SQL = """
            with taken as (delete from refused_write returning *)
            select province, record, year, count(*) from taken group by province, record, year""";
    private static final String WAITING_SQL = """
            select p.province, p.record,
                   case when p.body ->> f.field ~ '^(19[4-9]|20[0-9])[0-9]' then left(p.body ->> f.field, 4)::int end,
                   count(*)
              from parked_row p left join unnest(?::text[], ?::text[]) as f (record, field) using (record)
             group by 1, 2, 3""";

    /** Pause after a count, as a multiple of its duration: over a million waiting rows a count takes a second. */
    private static final int PAUSE_PER_COUNT_TIME = 10;

    private final RecordRepository<PendingSubmissions> records;
    private final Instance<RecordCommands<?>> commands;
    private final DataSource dataSource;
    private final String service;
    /**
     * Settled position of the audit trail at the last count. Every other number of pending submissions has an entry
     * behind it.
     */
    private long seen = -1;
    /** End of the pause. */
    private long rests = System.nanoTime();

    PendingSubmissionsPublisher(
            RecordWriteSupport tools,
            @Any Instance<RecordCommands<?>> commands,
            DataSource dataSource,
            OutboxConfig config) {
        this.service = config.service();
        this.records = new RecordRepository<>(
                new RecordType<>(service, "outstanding", "outstanding", new PendingSubmissionsJson()), tools);
        this.commands = commands;
        this.dataSource = dataSource;
    }

    /** Counts by province, record name and year; the year is null for submissions without a year. */
    private static final class YearCountsByRecord {

        private final Map<RecordKey, Map<@Nullable Integer, Long>> its = new HashMap<>();

        void readRows(ResultSet rows) throws SQLException {
            while (rows.next()) {
                its.computeIfAbsent(
                                new RecordKey(Province.of(rows.getString(1)), rows.getString(2)),
                                key -> new HashMap<>())
                        .put(rows.getObject(3, Integer.class), rows.getLong(4));
            }
        }

        Set<RecordKey> keys() {
            return its.keySet();
        }

        Map<@Nullable Integer, Long> countsOf(RecordKey key) {
            return its.getOrDefault(key, Map.of());
        }
    }

    @Override
    public void countRefusal(String record, Province province, @Nullable Integer year, StatementPipeline trip) {
        trip.addUpdate(INSERT_REFUSED_SQL, province.code(), record, year == null ? 0 : year);
    }

    @Scheduled(
            every = "${voyage.outstanding.every:1s}",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void publishCounts() {
        long begun = System.nanoTime();
        if (begun - rests < 0) {
            return;
        }
        try {
            seen = DatabaseScope.runForAllProvinces(
                    () -> RetryingTransactions.runInTransaction(this::publishChangedCounts));
        } catch (RuntimeException e) {
            LOG.warnf("The outstanding rows cannot be published, will try again: %s", e.toString());
        }
        long ended = System.nanoTime();
        rests = ended + PAUSE_PER_COUNT_TIME * (ended - begun);
    }

    /** @return settled position of the audit trail before the count */
    private long publishChangedCounts() {
        long settled = findSettledPosition();
        if (settled > seen) {
            YearCountsByRecord waiting = new YearCountsByRecord();
            YearCountsByRecord refused = new YearCountsByRecord();
            Map<String, String> fields = yearFields();
            StatementPipeline trip = new StatementPipeline();
            trip.addQuery(
                    WAITING_SQL,
                    waiting::readRows,
                    SqlArray.ofTexts(fields.keySet()),
                    SqlArray.ofTexts(fields.values()));
            trip.addQuery(TAKE_REFUSED_SQL, refused::readRows);
            trip.execute(dataSource);
            List<RecordSubmission<PendingSubmissions>> changed = changedCounts(waiting, refused);
            if (!changed.isEmpty()) {
                records.writeRecords(changed, WriteMode.COMMIT, (one, changes) -> changes.applySubmission(one))
                        .requireNoneRefused();
            }
        }
        return settled;
    }

    /** Returns the settled position of the audit trail; no newer one while another instance counts. */
    private long findSettledPosition() {
        long[] settled = {seen};
        StatementPipeline trip = new StatementPipeline();
        trip.addQuery(TRY_LOCK_SQL, row -> {
            row.next();
            settled[0] = row.getBoolean(1) ? row.getLong(2) : seen;
        });
        trip.execute(dataSource);
        return settled[0];
    }

    private List<RecordSubmission<PendingSubmissions>> changedCounts(
            YearCountsByRecord waiting, YearCountsByRecord refused) {
        Map<RecordKey, PendingSubmissions> told = records.findActive(new SqlConditions()).stream()
                .collect(Collectors.toMap(RecordVersion::key, RecordVersion::record));
        Set<RecordKey> keys = new TreeSet<>(told.keySet());
        keys.addAll(waiting.keys());
        keys.addAll(refused.keys());
        ChangeCause cause = ChangeCause.tally(service);
        List<RecordSubmission<PendingSubmissions>> changed = new ArrayList<>();
        for (RecordKey key : keys) {
            PendingSubmissions before = told.getOrDefault(key, PendingSubmissions.EMPTY);
            PendingSubmissions now = before.withCounts(waiting.countsOf(key), refused.countsOf(key));
            if (!now.equals(before)) {
                changed.add(RecordSubmission.state(key, now, cause));
            }
        }
        return changed;
    }

    /** Returns the field that begins with the reporting year, by record. */
    private Map<String, String> yearFields() {
        Map<String, String> fields = new HashMap<>();
        for (RecordCommands<?> its : commands) {
            RecordType<?> type = its.records().type();
            if (type.about() != null) {
                fields.put(type.name(), type.about().field());
            }
        }
        return fields;
    }

    @Override
    public String record() {
        return records.type().name();
    }

    @Override
    public List<OutgoingEvent> nextPage(Optional<String> after, int limit, String actor) {
        return records.republishedPage(after, limit, actor);
    }
}
