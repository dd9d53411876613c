package org.voyage.kit.quota;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.DatabaseScope;
import org.voyage.kit.access.Province;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.database.SqlArray;
import org.voyage.kit.problem.QuotaUsage;
import org.voyage.kit.problem.Refusal;
import org.voyage.kit.reference.ChinaTime;

/**
 * Quota of the bytes that a province stores in one day of Beijing, over all instances of the service. The count of this
 * instance is exact; that of the others is a few seconds old.
 */
@ApplicationScoped
public class StorageQuota {
    private static final String COUNTED = StorageQuota.class.getName() + ".counted";
    private static final String QUOTA_NAME = "stored-per-day";

    private static final String ADD_SQL = """
            insert into stored_bytes (province, day, bytes) select p, ?, b from unnest(?::text[], ?::bigint[]) as t (p, b)
            on conflict (province, day) do update set bytes = stored_bytes.bytes + excluded.bytes""";
    private static final String TOTALS_SQL = "select province, bytes from stored_bytes where day = ?";
    private static final String DELETE_SQL = "delete from stored_bytes where day < ?::date - 31";

    private final JdbcClient jdbc;
    private final TransactionSynchronizationRegistry transaction;
    private final long limit;
    private final MultiGauge used;
    /** Bytes of this instance that are not in the database yet. */
    private final Map<String, AtomicLong> unsaved = new ConcurrentHashMap<>();

    private volatile DayTotals totals = new DayTotals(LocalDate.EPOCH, Map.of());

    /** Bytes of all instances by province, as far as they are in the database. */
    private record DayTotals(LocalDate day, Map<String, Long> bytes) {}

    StorageQuota(
            DataSource dataSource,
            TransactionSynchronizationRegistry transaction,
            StorageQuotaConfig config,
            MeterRegistry metrics) {
        this.jdbc = new JdbcClient(dataSource);
        this.transaction = transaction;
        this.limit = config.storedPerDay().asLongValue();
        this.used = MultiGauge.builder("voyage.quota.used.bytes").register(metrics);
        metrics.gauge("voyage.quota.limit.bytes", Tags.of("quota", QUOTA_NAME), this, quota -> quota.limit);
    }

    /** Counts stored bytes of a province when the caller's transaction commits; at once without a transaction. */
    public void countBytes(String province, long bytes) {
        if (limit == 0) {
            return;
        }
        if (transaction.getTransactionStatus() != Status.STATUS_ACTIVE) {
            addUnsaved(province, bytes);
            return;
        }
        @SuppressWarnings("unchecked")
        @Nullable
        Map<String, Long> counted = (Map<String, Long>) transaction.getResource(COUNTED);
        if (counted == null) {
            counted = new HashMap<>();
            transaction.putResource(COUNTED, counted);
            transaction.registerInterposedSynchronization(new CommittedCount(counted));
        }
        counted.merge(province, bytes, Long::sum);
    }

    private void addUnsaved(String province, long bytes) {
        unsaved.computeIfAbsent(province, _ -> new AtomicLong()).addAndGet(bytes);
    }

    private final class CommittedCount implements Synchronization {
        private final Map<String, Long> counted;

        CommittedCount(Map<String, Long> counted) {
            this.counted = counted;
        }

        @Override
        public void beforeCompletion() {}

        @Override
        public void afterCompletion(int status) {
            if (status == Status.STATUS_COMMITTED) {
                counted.forEach(StorageQuota.this::addUnsaved);
            }
        }
    }

    /**
     * Requires that the province may store more today.
     *
     * @throws Refusal.QuotaExceeded until the next midnight of Beijing
     */
    public void requireRoom(Province province) {
        var usage = findExceeded(province);
        if (usage != null) {
            throw new Refusal.QuotaExceeded(
                    "The province has stored as many bytes in this service as it may in one day.",
                    "本省当日在该服务写入的数据量已达上限。",
                    usage);
        }
    }

    /** Returns the use of the quota if it is used up; null while there is room. */
    public @Nullable QuotaUsage findExceeded(Province province) {
        if (limit == 0) {
            return null;
        }
        var today = ChinaTime.today();
        long bytes = usedBytes(province.code(), today);
        return bytes < limit ? null : QuotaUsage.ofBytes(bytes, limit, beginOf(today.plusDays(1)));
    }

    private static Instant beginOf(LocalDate day) {
        return day.atStartOfDay(ChinaTime.CHINA_ZONE).toInstant();
    }

    private long usedBytes(String province, LocalDate today) {
        var known = totals;
        var here = unsaved.get(province);
        return (known.day().equals(today) ? known.bytes().getOrDefault(province, 0L) : 0L)
                + (here == null ? 0 : here.get());
    }

    /** Adds the count of this instance to the database, and reads the count of all instances. */
    @Scheduled(
            every = "5s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void synchronizeCounts() {
        if (limit > 0) {
            DatabaseScope.runForAllProvinces(this::synchronizeWithDatabase);
        }
    }

    private void synchronizeWithDatabase() {
        var today = ChinaTime.today();
        // In the order of provinces, so that two instances do not wait for each other.
        var added = new TreeMap<String, Long>();
        unsaved.forEach((province, bytes) -> added.put(province, bytes.get()));
        added.values().removeIf(bytes -> bytes == 0);
        if (!added.isEmpty()) {
            jdbc.update(ADD_SQL, today, SqlArray.ofTexts(added.keySet()), SqlArray.ofLongs(added.values()));
        }
        var stored = new HashMap<String, Long>();
        jdbc.queryEach(TOTALS_SQL, row -> stored.put(row.getString(1), row.getLong(2)), today);
        if (!totals.day().equals(today)) {
            jdbc.update(DELETE_SQL, today);
        }
        totals = new DayTotals(today, Map.copyOf(stored));
        added.forEach((province, bytes) ->
                unsaved.getOrDefault(province, new AtomicLong()).addAndGet(-bytes));
        used.register(
                stored.entrySet().stream()
                        .map(entry -> MultiGauge.Row.of(
                                Tags.of("quota", QUOTA_NAME, "province", entry.getKey()), entry.getValue()))
                        .collect(Collectors.toList()),
                true);
    }
}
