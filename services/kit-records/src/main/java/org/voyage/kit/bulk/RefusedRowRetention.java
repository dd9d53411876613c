package org.voyage.kit.bulk;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.voyage.kit.access.DatabaseScope;
import org.voyage.kit.bulk.outcome.BatchWarning;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;

/**
 * Retention of refused rows: for some days, and up to a number of bytes in a province. Of a dry run it deletes the
 * outcomes of all rows. Counts and causes of a batch stay. An instance may delete the rows of any batch that has ended, so
 * two instances need no agreement.
 */
@ApplicationScoped
class RefusedRowRetention {
    private static final String EXPIRED_SQL = """
            select id from batch
             where rows_deleted_at is null and (kept_rows > 0 or dry_run)
               and finished_at < now() - make_interval(secs => ?)
             order by finished_at limit 1000""";
    private static final String PROVINCE_BYTES_SQL = """
            select coalesce(sum(kept_bytes), 0) from batch
             where province = ? and rows_deleted_at is null and (kept_rows > 0 or dry_run)""";
    private static final String OLDEST_SQL = """
            select id from batch
             where province = ? and finished_at is not null and rows_deleted_at is null and kept_rows > 0
             order by finished_at limit 1""";
    private static final String KEPT_BYTES_SQL = """
            select province, sum(kept_bytes) from batch
             where rows_deleted_at is null and (kept_rows > 0 or dry_run) group by province""";

    private final JdbcClient jdbc;
    private final BulkConfig config;
    private final MultiGauge keptBytes;

    RefusedRowRetention(DataSource dataSource, BulkConfig config, MeterRegistry metrics) {
        this.jdbc = new JdbcClient(dataSource);
        this.config = config;
        this.keptBytes = MultiGauge.builder("voyage.bulk.refused.kept.bytes").register(metrics);
        metrics.gauge(
                "voyage.bulk.refused.limit.bytes",
                this,
                rows -> config.refusedPerProvince().asLongValue());
    }

    /** Returns the warning of a file of which not all refused rows are kept. */
    static BatchWarning leftOutWarning(long kept, long leftOut) {
        return new BatchWarning(
                new Finding(
                        "",
                        "refused-rows-left-out",
                        "Only the first " + kept
                                + " refused rows of the file are kept. Counts and causes are of all rows.",
                        "仅保留该文件的前 " + kept + " 条未通过数据；数量和原因按全部数据统计。"),
                leftOut);
    }

    /** @throws Refusal.Conflict if the refused rows of the batch are deleted */
    static void requireRefusedRows(Batch batch) {
        if (batch.rowsDeletedAt != null && batch.refused > 0) {
            throw deleted();
        }
    }

    /** @throws Refusal.Conflict if the outcomes of the batch's rows are deleted */
    static void requireOutcomes(Batch batch) {
        if (batch.rowsDeletedAt != null && batch.dryRun) {
            throw deleted();
        }
    }

    private static Refusal deleted() {
        return new Refusal.Conflict(new Finding(
                "",
                "refused-rows-deleted",
                "The rows of this file are no longer kept. Its counts and causes are; a dry run of the file shows the rows"
                        + " again.",
                "该批次的逐行内容已按保留期限清除，数量和原因仍可查询；对文件重新试运行即可再次查看。"));
    }

    /** Deletes the rows of the oldest files of a province until a further file may keep its refused rows. */
    void makeRoom(String province) {
        long allowed = config.refusedPerProvince().asLongValue() - BatchStore.refusedBytesPerBatch(config);
        while (countBytes(province) > allowed) {
            var oldest = jdbc.query(OLDEST_SQL, row -> row.getObject(1, UUID.class), province);
            if (oldest.isEmpty()) {
                return;
            }
            deleteRows(oldest.getFirst());
        }
    }

    private long countBytes(String province) {
        return jdbc.queryOne(PROVINCE_BYTES_SQL, row -> row.getLong(1), province);
    }

    @Scheduled(
            every = "5s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void deleteExpired() {
        DatabaseScope.runForAllProvinces(() -> {
            findExpired().forEach(this::deleteRows);
            updateGauges();
        });
    }

    private List<UUID> findExpired() {
        return jdbc.query(EXPIRED_SQL, row -> row.getObject(1, UUID.class), (double)
                config.refusedRetention().toSeconds());
    }

    private void updateGauges() {
        var rows = new ArrayList<MultiGauge.Row<?>>();
        jdbc.queryEach(
                KEPT_BYTES_SQL,
                row -> rows.add(MultiGauge.Row.of(Tags.of("province", row.getString(1)), row.getLong(2))));
        keptBytes.register(rows, true);
    }

    private void deleteRows(UUID batch) {
        QuarkusTransaction.requiringNew().run(() -> {
            jdbc.update("delete from batch_refusal where batch_id = ?", batch);
            for (var table : List.of("batch_chunk", "batch_detail")) {
                jdbc.update(
                        "delete from " + table + " t using batch b"
                                + " where t.batch_id = ? and b.id = t.batch_id and b.province = t.province and b.dry_run",
                        batch);
            }
            jdbc.update(
                    "update batch set rows_deleted_at = clock_timestamp(), kept_rows = 0, kept_bytes = 0 where id = ?",
                    batch);
        });
    }
}
