package org.voyage.kit.bulk;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.Province;
import org.voyage.kit.audit.AuditEntry;
import org.voyage.kit.audit.AuditTrail;
import org.voyage.kit.bulk.format.Chunk;
import org.voyage.kit.bulk.format.FindingsJson;
import org.voyage.kit.bulk.format.RowRedactor;
import org.voyage.kit.bulk.format.RowSource;
import org.voyage.kit.bulk.outcome.BatchWarning;
import org.voyage.kit.bulk.outcome.RefusalCauseCounter;
import org.voyage.kit.bulk.outcome.RowCountsByYear;
import org.voyage.kit.bulk.outcome.RowOutcome;
import org.voyage.kit.bulk.outcome.RowWarning;
import org.voyage.kit.database.DryRunScope;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.database.RowMapper;
import org.voyage.kit.database.SqlArray;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.ProblemType;
import org.voyage.kit.problem.Refusal;
import org.voyage.kit.quota.StorageQuota;

/** Store of the progress and outcome of batches; every method joins the transaction of its caller. */
@ApplicationScoped
class BatchStore {
    /** Of the refused rows that are kept of a province one file may have this part. */
    private static final int REFUSED_PART_OF_FILE = 4;

    /** Adds a warning to each row and returns whether it is the row's first. */
    private static final String ADD_WARNING_SQL = """
            insert into batch_detail as d (batch_id, row_number, changes, warnings)
            select ?, n, '[]'::json, w::json from unnest(?::bigint[], ?::text[]) as t(n, w)
            on conflict (batch_id, row_number, province)
            do update set warnings = (d.warnings::jsonb || excluded.warnings::jsonb)::json
             where not d.warnings::jsonb @> jsonb_build_array(jsonb_build_object('rule', excluded.warnings -> 0 ->> 'rule'))
            returning row_number, json_array_length(warnings) = 1""";

    private static final String KEEP_FIRST_SQL = """
            , (first_row, source_id, detail, detail_zh) = (select its.* from (values
                (batch_cause.first_row, batch_cause.source_id, batch_cause.detail, batch_cause.detail_zh),
                (excluded.first_row, excluded.source_id, excluded.detail, excluded.detail_zh)) its order by 1 limit 1)""";

    /** Bytes of a cause, about. */
    private static final long CAUSE_BYTES = 500;

    private final JdbcClient jdbc;
    private final BulkConfig config;
    private final AuditTrail audit;
    private final BatchEventPublisher events;
    private final BatchLeaseStore leases;
    private final StorageQuota storage;

    BatchStore(
            DataSource dataSource,
            BulkConfig config,
            AuditTrail audit,
            BatchEventPublisher events,
            BatchLeaseStore leases,
            StorageQuota storage) {
        this.jdbc = new JdbcClient(dataSource);
        this.config = config;
        this.storage = storage;
        this.audit = audit;
        this.events = events;
        this.leases = leases;
    }

    /** Returns the maximum number of bytes of the refused rows that are kept of one file: the first ones. */
    static long refusedBytesPerBatch(BulkConfig config) {
        return config.refusedPerProvince().asLongValue() / REFUSED_PART_OF_FILE;
    }

    /** Returns the time of the clock that orders the versions of records. */
    Instant databaseTime() {
        return jdbc.queryOne("select clock_timestamp()", row -> RowMapper.readInstant(row, 1));
    }

    /**
     * Stores the outcomes of a chunk: letters, counts, refused rows, and the receipt of the batch so far. Until the
     * transaction ends no other process can take the batch.
     *
     * @param yearField field whose text begins with the year of a row, if the record has one
     * @throws LostLeaseException if another process has taken the batch
     */
    void saveOutcomes(
            BatchContext context,
            Chunk chunk,
            List<RowOutcome> outcomes,
            Receipt soFar,
            RowRedactor keeper,
            RefusalCauseCounter causes,
            @Nullable String yearField) {
        var batch = context.batchId();
        var letters = new StringBuilder(outcomes.size());
        outcomes.forEach(outcome -> letters.append(outcome.outcomeLetter()));
        var rows = new RowOutcomeInserter(batch, chunk, outcomes, keeper);
        runWithConnection(connection -> {
            var before = requireLease(JdbcClient.on(connection), batch);
            rows.insertOutcomes(connection, letters.toString());
            if (!context.dryRun()) {
                new RowCountsByYear(batch, chunk, outcomes, yearField).insertCounts(connection);
            }
            var details = rows.insertDetails(connection);
            var kept = letters.indexOf("R") >= 0
                    ? rows.insertRefusals(connection, before.roomForRefused(config))
                    : RowOutcomeInserter.KeptRefusals.NONE;
            var counts = new ArrayList<RefusalCauseCounter.CauseCount>();
            if (letters.indexOf("R") >= 0 || details.warned() > 0) {
                counts.addAll(causes.countCauses(chunk, outcomes, keeper));
            }
            if (kept.leftOut() > 0) {
                counts.add(causes.toCount(
                        RefusedRowRetention.leftOutWarning(before.keptRows() + kept.rows(), kept.leftOut())));
            }
            insertCauseCounts(connection, batch, counts);
            updateCounts(JdbcClient.on(connection), batch, letters, details.warned(), kept, soFar, chunk.bytesRead());
            storage.countBytes(
                    context.province().code(),
                    rows.countOutcomeBytes() + details.bytes() + kept.bytes() + counts.size() * CAUSE_BYTES);
        });
        if (letters.indexOf("R") >= 0 && !context.dryRun()) {
            audit.appendEntries(auditRefused(context, outcomes));
        }
    }

    /** Refused rows of a batch so far, and those of them that are kept. */
    private record RefusedSoFar(long refused, long keptRows, long keptBytes) {

        /** Returns the bytes for further refused rows; 0 after a row that was not kept. */
        long roomForRefused(BulkConfig config) {
            return refused > keptRows ? 0 : refusedBytesPerBatch(config) - keptBytes;
        }
    }

    private RefusedSoFar requireLease(JdbcClient client, UUID batch) {
        var held = client.query(
                "select refused, kept_rows, kept_bytes from batch where id = ? and instance = ? for update",
                row -> new RefusedSoFar(row.getLong(1), row.getLong(2), row.getLong(3)),
                batch,
                leases.holder());
        if (held.isEmpty()) {
            throw new LostLeaseException();
        }
        return held.getFirst();
    }

    /** Waits until no other instance tries a file of the province. */
    void awaitDryRunTurn(Province province) {
        DryRunScope.awaitTurn(jdbc, province.code());
    }

    /** Returns whether another transaction waits for a lock of the caller's transaction. */
    boolean othersWait() {
        return DryRunScope.othersWait(jdbc);
    }

    /** Returns an audit entry with the number of refused rows by rule; the batch lists the rows. */
    private static AuditEntry auditRefused(BatchContext context, List<RowOutcome> outcomes) {
        var rules = new TreeSet<String>();
        int rows = 0;
        for (var outcome : outcomes) {
            if (outcome instanceof RowOutcome.RefusedRowOutcome(List<Finding> findings)) {
                rows++;
                findings.forEach(finding -> rules.add(finding.rule()));
            }
        }
        return AuditEntry.refused(
                        context.record(),
                        context.province(),
                        context.batchId().toString(),
                        Map.of("rows", rows, "rules", rules))
                .withActor(context.actor(), context.requestId());
    }

    /** Appends an audit entry for a file that is refused as a whole; a failure of the service refuses nothing. */
    void auditRefused(Batch batch, Refusal refusal) {
        var problem = ProblemType.of(refusal);
        if (problem.status() < 500) {
            var rules = refusal.findings().stream().map(Finding::rule).collect(Collectors.toCollection(TreeSet::new));
            audit.appendEntries(AuditEntry.refused(
                            batch.record,
                            Province.of(batch.province),
                            batch.id.toString(),
                            Map.of("status", problem.status(), "problem", problem.slug(), "rules", rules))
                    .withActor(batch.actor, batch.requestId));
        }
    }

    private static void updateCounts(
            JdbcClient client,
            UUID batch,
            CharSequence letters,
            long warned,
            RowOutcomeInserter.KeptRefusals kept,
            Receipt soFar,
            long bytesRead) {
        var values = new ArrayList<@Nullable Object>();
        values.add(letters.length());
        for (char letter : "CU=WPR".toCharArray()) {
            values.add(letters.chars().filter(c -> c == letter).count());
        }
        values.addAll(List.of(warned, kept.rows(), kept.bytes(), soFar.text(), bytesRead, batch));
        client.update("""
                update batch set rows_read = rows_read + ?, created = created + ?, corrected = corrected + ?,
                  unchanged = unchanged + ?, withdrawn = withdrawn + ?, parked = parked + ?, refused = refused + ?,
                  warned = warned + ?, kept_rows = kept_rows + ?, kept_bytes = kept_bytes + ?, receipt = ?, bytes_read = ?, touched_at = clock_timestamp(),
                  attempts = case when mode = 'ALL' or dry_run then attempts else 0 end where id = ?""", values.toArray());
    }

    /** Adds warnings about a file as a whole. When a continued batch adds them again, they replace the first ones. */
    void addWarnings(UUID batch, List<BatchWarning> warnings, RefusalCauseCounter causes) {
        if (!warnings.isEmpty()) {
            var counts = warnings.stream().map(causes::toCount).toList();
            runWithConnection(connection -> insertCauseCounts(connection, batch, counts, "excluded.row_count"));
        }
    }

    /**
     * Adds warnings of one cause to rows that have their outcome. When a continued batch adds them again, nothing
     * changes.
     *
     * @param warnings by the number of the row
     */
    void addWarnings(UUID batch, SortedMap<Long, RowWarning> warnings, RefusalCauseCounter causes) {
        if (warnings.isEmpty()) {
            return;
        }
        runWithConnection(connection -> {
            var rows = new HashSet<Long>();
            var first = new AtomicLong();
            var client = JdbcClient.on(connection);
            client.queryEach(
                    ADD_WARNING_SQL,
                    row -> {
                        rows.add(row.getLong(1));
                        first.addAndGet(row.getBoolean(2) ? 1 : 0);
                    },
                    batch,
                    new SqlArray("int8", warnings.keySet().toArray()),
                    new SqlArray(
                            "text",
                            warnings.values().stream()
                                    .map(warning -> FindingsJson.writeFindings(List.of(warning.finding())))
                                    .toArray()));
            if (!rows.isEmpty()) {
                var added = new TreeMap<>(warnings);
                added.keySet().retainAll(rows);
                insertCauseCounts(connection, batch, List.of(causes.toCount(added)));
                client.update("update batch set warned = warned + ? where id = ?", first.get(), batch);
            }
        });
    }

    /**
     * Returns the findings of a file that is refused as a whole; none if the cause is a temporary failure of the
     * service.
     */
    static List<Finding> fileFindings(Refusal refusal) {
        if (ProblemType.of(refusal).status() >= 500) {
            return List.of();
        }
        if (!refusal.findings().isEmpty()) {
            return refusal.findings();
        }
        return List.of(new Finding(
                "", refusal.usage() == null ? "malformed" : "quota-exceeded", refusal.detail(), refusal.detailZh()));
    }

    /** Stores the reasons of the refusal of a file, for a sender that did not wait for the answer. */
    void saveFileFindings(UUID batch, List<Finding> why) {
        if (!why.isEmpty()) {
            var causes = new RefusalCauseCounter();
            var counts = why.stream().map(causes::toFileCount).toList();
            runWithConnection(connection -> insertCauseCounts(connection, batch, counts, "excluded.row_count"));
        }
    }

    private static void insertCauseCounts(
            Connection connection, UUID batch, Collection<RefusalCauseCounter.CauseCount> counts) {
        insertCauseCounts(connection, batch, counts, "batch_cause.row_count + excluded.row_count");
    }

    private static void insertCauseCounts(
            Connection connection,
            UUID batch,
            Collection<RefusalCauseCounter.CauseCount> counts,
            String rowsOfOneThatIsKnown) {
        var upsert = "insert into batch_cause values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                + " on conflict (batch_id, refuses, rule, pointer, value, province)"
                + " do update set row_count = " + rowsOfOneThatIsKnown + KEEP_FIRST_SQL;
        JdbcClient.on(connection)
                .updateBatch(
                        upsert,
                        counts.stream()
                                .map(count -> new @Nullable Object[] {
                                    batch,
                                    count.key().refuses(),
                                    count.key().rule(),
                                    toStorableText(count.key().pointer()),
                                    count.key().value(),
                                    count.rows(),
                                    count.firstRow(),
                                    count.sourceId(),
                                    toStorableText(count.finding().detail()),
                                    toStorableText(count.finding().detailZh())
                                })
                                .toList());
    }

    /** Removes U+0000, which PostgreSQL cannot store; a value with it is refused anyway. */
    static String toStorableText(String text) {
        return text.replace('\0', '\uFFFD');
    }

    /**
     * Marks the file as received completely.
     *
     * @param triedDigest of a dry run's file; null for another batch, or if the row has it already
     * @throws LostLeaseException if another process has taken the batch
     */
    void markReceived(UUID batch, long bytes, byte @Nullable [] triedDigest) {
        int marked = jdbc.update(
                "update batch set state = 'RUNNING', file_bytes = ?, spool_bytes = ?, touched_at = clock_timestamp(),"
                        + " tried_digest = coalesce(?::bytea, tried_digest) where id = ? and instance = ? and state in ('RECEIVING', 'RUNNING')",
                bytes,
                bytes,
                triedDigest,
                batch,
                leases.holder());
        if (marked == 0) {
            throw new LostLeaseException();
        }
    }

    void markOpened(UUID batch, RowSource source, @Nullable String charset) {
        jdbc.update(
                "update batch set header = ?, file_columns = ?, bom = ?, charset = ?, touched_at = clock_timestamp()"
                        + " where id = ?",
                source.header(),
                FindingsJson.writeColumns(source.columns()),
                source.hasByteOrderMark(),
                charset,
                batch);
    }

    /** Resets the progress of a batch of one transaction after a crash, which has rolled back all of its rows. */
    void resetProgress(UUID batch) {
        requireLease(jdbc, batch);
        for (var table :
                List.of("batch_chunk", "batch_refusal", "batch_cause", "batch_detail", "batch_change", "batch_year")) {
            jdbc.update("delete from " + table + " where batch_id = ?", batch);
        }
        jdbc.update("""
                update batch set rows_read = 0, created = 0, corrected = 0, unchanged = 0, withdrawn = 0, parked = 0,
                  refused = 0, warned = 0, kept_rows = 0, kept_bytes = 0, bytes_read = 0, receipt = '' where id = ?""", batch);
    }

    /**
     * Ends a batch unless it has ended, deletes the key of its file, and appends its event: all of them or none.
     *
     * @throws LostLeaseException if another process has taken the batch
     */
    void finishBatch(UUID batch, BatchState state, @Nullable String failure, Receipt receipt) {
        requireLease(jdbc, batch);
        endBatch(
                "update batch set state = ?, failure = ?, receipt = ?, finished_at = clock_timestamp(),"
                        + " touched_at = clock_timestamp(), file_key = null where id = ?",
                state.name(),
                failure,
                receipt.text(),
                batch);
    }

    /**
     * Ends an unfinished batch at its sender's wish, whichever process works on it: that process has lost its lease then
     * and rolls back what it has not committed. A batch that has ended stays as it is.
     */
    void stopBatch(Batch batch) {
        var stopped = jdbc.query(
                "update batch set state = 'FAILED', failure = ?, instance = '', finished_at = clock_timestamp(),"
                        + " touched_at = clock_timestamp(), file_key = null"
                        + " where id = ?" + BatchEventPublisher.ENDING_SQL,
                row -> {
                    events.publishEnded(row);
                    return true;
                },
                BatchQueries.STOPPED_FAILURE,
                batch.id);
        if (!stopped.isEmpty()) {
            audit.appendEntries(AuditEntry.done(
                    "batch-stopped", batch.record, Province.of(batch.province), batch.id.toString(), Map.of()));
        }
    }

    /** Marks a batch whose file is missing as interrupted. */
    void markInterrupted(UUID batch) {
        endBatch(
                "update batch set state = 'INTERRUPTED', finished_at = clock_timestamp(), file_key = null"
                        + " where id = ? and instance = ?",
                batch,
                leases.holder());
    }

    private void endBatch(String sql, @Nullable Object... parameters) {
        jdbc.queryEach(sql + BatchEventPublisher.ENDING_SQL, events::publishEnded, parameters);
    }

    private void runWithConnection(ConnectionAction action) {
        jdbc.<Boolean, RuntimeException>withConnection(connection -> {
            action.run(connection);
            return true;
        });
    }

    private interface ConnectionAction {
        void run(Connection connection) throws SQLException;
    }
}
