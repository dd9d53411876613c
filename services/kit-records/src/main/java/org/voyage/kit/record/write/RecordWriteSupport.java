package org.voyage.kit.record.write;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.DatabaseScope;
import org.voyage.kit.access.Province;
import org.voyage.kit.audit.AuditChange;
import org.voyage.kit.audit.AuditEntry;
import org.voyage.kit.audit.AuditTrail;
import org.voyage.kit.database.DryRunScope;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.database.RowMapper;
import org.voyage.kit.database.SqlArray;
import org.voyage.kit.database.StatementPipeline;
import org.voyage.kit.outbox.DryRunEvents;
import org.voyage.kit.outbox.Outbox;
import org.voyage.kit.record.ChangeCause;
import org.voyage.kit.record.RecordChange;
import org.voyage.kit.record.RecordKey;
import org.voyage.kit.record.RecordSubmission;
import org.voyage.kit.record.RecordType;
import org.voyage.kit.record.RecordVersion;
import org.voyage.kit.record.WriteContext;
import org.voyage.kit.record.check.NationalAmounts;
import org.voyage.kit.rules.RuleBook;
import org.voyage.kit.rules.RulesConfig;

/** Support for writing any record: the database, the outbox, and the entry that every writing transaction makes. */
@ApplicationScoped
public class RecordWriteSupport {

    private static final int MAX_HORIZON_AGE_MILLIS = 100;
    private static final String SET_SCOPE_SQL = "select set_config('voyage.scope', ?, true)";
    private static final String ENTER_SQL = "select recorded_at, province, year from record_enter(?, ?)";
    private static final String LOOK_SQL = "select recorded_at, province, year from record_look(?)";
    private static final String ENTER_GROUP_SQL =
            "select recorded_at, province, year from record_enter_together(?, ?, ?, ?)";

    private final DataSource dataSource;
    private final Outbox outbox;
    private final DryRunEvents tried;
    private final AuditTrail audit;
    private final RuleBook rules;
    private final RulesConfig limits;
    private final NationalAmounts national;
    private final TableSizeProbe tableSize;
    private final Map<Optional<Province>, CachedHorizon> horizons = new ConcurrentHashMap<>();

    RecordWriteSupport(
            DataSource dataSource,
            Outbox outbox,
            DryRunEvents tried,
            AuditTrail audit,
            RuleBook rules,
            RulesConfig limits,
            NationalAmounts national) {
        this.dataSource = dataSource;
        this.outbox = outbox;
        this.tried = tried;
        this.audit = audit;
        this.rules = rules;
        this.limits = limits;
        this.national = national;
        this.tableSize = new TableSizeProbe(dataSource);
    }

    DataSource dataSource() {
        return dataSource;
    }

    Outbox outbox() {
        return outbox;
    }

    DryRunEvents dryRunEvents() {
        return tried;
    }

    RuleBook rules() {
        return rules;
    }

    RulesConfig rulesConfig() {
        return limits;
    }

    NationalAmounts nationalAmounts() {
        return national;
    }

    /**
     * Appends one audit entry, when the pipeline executes, for all changes of one submission in a province. Changes
     * that the service counts by itself have no actor and no entry.
     */
    <T> void appendAuditEntry(RecordType<T> type, List<RecordChange<T>> made, StatementPipeline trip) {
        Map<AuditedSubmission, List<RecordChange<T>>> bySending = new LinkedHashMap<>();
        for (RecordChange<T> change : made) {
            if (change.after().cause().kind() != ChangeCause.ChangeCauseKind.TALLY) {
                bySending
                        .computeIfAbsent(AuditedSubmission.of(change.after()), sending -> new ArrayList<>())
                        .add(change);
            }
        }
        List<AuditEntry> entries = new ArrayList<>(bySending.size());
        bySending.forEach((sending, changes) -> entries.add(AuditEntry.changed(
                        type.name(),
                        sending.province(),
                        changes.size() == 1
                                ? changes.getFirst().after().key().sourceId()
                                : sending.cause().id(),
                        changes.stream().map(RecordWriteSupport::toAuditChange).toList())
                .withActor(sending.cause().actor(), sending.cause().id())));
        audit.appendEntries(entries, trip);
    }

    /** Appends one audit entry for all rows that one submission parked or unparked. */
    void appendAuditEntry(String action, RecordType<?> type, List<? extends RecordSubmission<?>> rows) {
        Map<AuditedSubmission, List<RecordKey>> bySending = new LinkedHashMap<>();
        for (RecordSubmission<?> row : rows) {
            bySending
                    .computeIfAbsent(
                            new AuditedSubmission(row.key().province(), row.cause()), sending -> new ArrayList<>())
                    .add(row.key());
        }
        List<AuditEntry> entries = new ArrayList<>(bySending.size());
        bySending.forEach((sending, keys) -> entries.add(AuditEntry.done(
                        action,
                        type.name(),
                        sending.province(),
                        keys.size() == 1
                                ? keys.getFirst().sourceId()
                                : sending.cause().id(),
                        Map.of("keys", keys.stream().map(RecordKey::text).toList()))
                .withActor(sending.cause().actor(), sending.cause().id())));
        audit.appendEntries(entries);
    }

    private static AuditChange toAuditChange(RecordChange<?> change) {
        RecordVersion<?> after = change.after();
        return new AuditChange(after.key().text(), after.number(), change.kind().code());
    }

    private record AuditedSubmission(Province province, ChangeCause cause) {

        static AuditedSubmission of(RecordVersion<?> version) {
            return new AuditedSubmission(version.key().province(), version.cause());
        }
    }

    /**
     * Enters a writing transaction. Call it once before the transaction locks records, at the latest in the same round
     * trip. Until the transaction ends, no year of the provinces can be closed, and readers of their recent changes do
     * not read past this time. A dry run, which records nothing, holds back neither.
     *
     * @param writing provinces of the records to write
     * @return known when the pipeline executes
     */
    Supplier<WriteContext> enterTransaction(RecordType<?> type, Collection<Province> writing, StatementPipeline trip) {
        SqlArray written = SqlArray.ofTexts(writing.stream().distinct().sorted().toList(), Province::code);
        // A record without a year need not wait for the close of one.
        SqlArray inYears = type.countsInYears() ? written : SqlArray.ofTexts(List.of());
        Optional<String> scope = DatabaseScope.transactionSetting();
        PendingEntry entering = new PendingEntry();
        if (RetryingTransactions.hasShortLockTimeout()) {
            trip.addQuery(
                    ENTER_GROUP_SQL, entering, scope.orElseThrow(), tableSize.isLarge(type.table()), inYears, written);
        } else {
            scope.ifPresent(its -> trip.addUpdate(SET_SCOPE_SQL, its));
            if (DryRunScope.isDry()) {
                trip.addQuery(LOOK_SQL, entering, inYears);
            } else {
                trip.addQuery(ENTER_SQL, entering, inYears, written);
            }
        }
        return entering;
    }

    private static final class PendingEntry implements StatementPipeline.ResultReader, Supplier<WriteContext> {
        private @Nullable WriteContext its;

        @Override
        public void readRows(ResultSet rows) throws SQLException {
            Instant now = Instant.EPOCH;
            List<WriteContext.LockedYear> locked = new ArrayList<>();
            while (rows.next()) {
                now = RowMapper.readInstant(rows, 1);
                if (rows.getString(2) != null) {
                    locked.add(new WriteContext.LockedYear(Province.of(rows.getString(2)), rows.getInt(3)));
                }
            }
            its = new WriteContext(now, locked);
        }

        @Override
        public WriteContext get() {
            return Objects.requireNonNull(its, "the trip was not made");
        }
    }

    /**
     * Returns a {@link #readHorizon} that is not older than {@value #MAX_HORIZON_AGE_MILLIS} ms; an older horizon stays
     * valid.
     */
    Instant cachedHorizon(Optional<Province> province) {
        CachedHorizon known = horizons.get(province);
        if (known == null
                || System.nanoTime() - known.askedAt > TimeUnit.MILLISECONDS.toNanos(MAX_HORIZON_AGE_MILLIS)) {
            known = new CachedHorizon(readHorizon(province), System.nanoTime());
            horizons.put(province, known);
        }
        return known.value;
    }

    private record CachedHorizon(Instant value, long askedAt) {}

    /**
     * Returns the time before which everything recorded is visible; no later record can appear before it.
     *
     * @param province of the records; empty for all
     */
    public Instant readHorizon(Optional<Province> province) {
        return new JdbcClient(dataSource)
                .queryOne(
                        "select record_horizon(?::text)",
                        row -> RowMapper.readInstant(row, 1),
                        province.map(Province::code).orElse(null));
    }
}
