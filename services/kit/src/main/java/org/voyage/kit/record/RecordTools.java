package org.voyage.kit.record;

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
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.Province;
import org.voyage.kit.access.Scopes;
import org.voyage.kit.audit.Audit;
import org.voyage.kit.audit.AuditChange;
import org.voyage.kit.audit.AuditEntry;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.database.RowMapper;
import org.voyage.kit.database.SqlArray;
import org.voyage.kit.database.Trip;
import org.voyage.kit.outbox.Outbox;
import org.voyage.kit.outbox.TriedEvents;
import org.voyage.kit.rules.RuleBook;
import org.voyage.kit.rules.RulesConfig;

/** What writing any record takes: the database, the outbox, and the door through which every writer goes. */
@ApplicationScoped
public class RecordTools {

    private static final int LATE_MILLIS = 100;
    private static final String SEE = "select set_config('voyage.scope', ?, true)";
    private static final String ENTER = "select recorded_at, province, year from record_enter(?)";
    private static final String ENTER_TOGETHER =
            "select recorded_at, province, year from record_enter_together(?, ?, ?)";

    private final DataSource dataSource;
    private final Outbox outbox;
    private final TriedEvents tried;
    private final Audit audit;
    private final RuleBook rules;
    private final RulesConfig limits;
    private final Grown grown;
    private volatile @Nullable Horizon late;

    RecordTools(
            DataSource dataSource, Outbox outbox, TriedEvents tried, Audit audit, RuleBook rules, RulesConfig limits) {
        this.dataSource = dataSource;
        this.outbox = outbox;
        this.tried = tried;
        this.audit = audit;
        this.rules = rules;
        this.limits = limits;
        this.grown = new Grown(dataSource);
    }

    DataSource dataSource() {
        return dataSource;
    }

    Outbox outbox() {
        return outbox;
    }

    TriedEvents tried() {
        return tried;
    }

    RuleBook rules() {
        return rules;
    }

    RulesConfig limits() {
        return limits;
    }

    /**
     * Leaves one entry in the audit trail, when the trip is made, for everything that one sending changed in a province. What
     * the service counts by itself nobody did.
     */
    <T> void audit(RecordType<T> type, List<Change<T>> made, Trip trip) {
        Map<Sending, List<Change<T>>> bySending = new LinkedHashMap<>();
        for (Change<T> change : made) {
            if (change.after().cause().kind() != Cause.Kind.TALLY) {
                bySending
                        .computeIfAbsent(Sending.of(change.after()), sending -> new ArrayList<>())
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
                        changes.stream().map(RecordTools::audited).toList())
                .by(sending.cause().actor(), sending.cause().id())));
        audit.append(entries, trip);
    }

    /** Leaves one entry for all rows that one sending parked, or took out of those that wait. */
    void audit(String action, RecordType<?> type, List<? extends Sent<?>> rows) {
        Map<Sending, List<RecordKey>> bySending = new LinkedHashMap<>();
        for (Sent<?> row : rows) {
            bySending
                    .computeIfAbsent(new Sending(row.key().province(), row.cause()), sending -> new ArrayList<>())
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
                .by(sending.cause().actor(), sending.cause().id())));
        audit.append(entries);
    }

    private static AuditChange audited(Change<?> change) {
        Version<?> after = change.after();
        return new AuditChange(after.key().text(), after.number(), change.kind().code());
    }

    private record Sending(Province province, Cause cause) {

        static Sending of(Version<?> version) {
            return new Sending(version.key().province(), version.cause());
        }
    }

    /**
     * Said once by a transaction before it locks records, at the latest in the same trip: from here on nobody closes a year of
     * the provinces, and who reads what changed lately does not read past this moment, until it ends.
     *
     * @return known when the trip is made
     */
    Supplier<Entry> enter(RecordType<?> type, Collection<Province> provinces, Trip trip) {
        SqlArray codes = SqlArray.ofTexts(provinces.stream().distinct().sorted().toList(), Province::code);
        Optional<String> scope = Scopes.ofTransaction();
        Entering entering = new Entering();
        if (Transactions.impatient()) {
            trip.ask(ENTER_TOGETHER, entering, scope.orElseThrow(), grown.isLarge(type.table()), codes);
        } else {
            scope.ifPresent(its -> trip.tell(SEE, its));
            trip.ask(ENTER, entering, codes);
        }
        return entering;
    }

    private static final class Entering implements Trip.Answer, Supplier<Entry> {
        private @Nullable Entry its;

        @Override
        public void read(ResultSet rows) throws SQLException {
            Instant now = Instant.EPOCH;
            List<Entry.LockedYear> locked = new ArrayList<>();
            while (rows.next()) {
                now = RowMapper.readInstant(rows, 1);
                if (rows.getString(2) != null) {
                    locked.add(new Entry.LockedYear(Province.of(rows.getString(2)), rows.getInt(3)));
                }
            }
            its = new Entry(now, locked);
        }

        @Override
        public Entry get() {
            return Objects.requireNonNull(its, "the trip was not made");
        }
    }

    /** A {@link #horizon()} that is not older than {@value #LATE_MILLIS} ms: what held then holds now. */
    Instant lateHorizon() {
        Horizon known = late;
        if (known == null || System.nanoTime() - known.askedAt > TimeUnit.MILLISECONDS.toNanos(LATE_MILLIS)) {
            known = new Horizon(horizon(), System.nanoTime());
            late = known;
        }
        return known.its;
    }

    private record Horizon(Instant its, long askedAt) {}

    /** Everything recorded before this moment can be read; nothing recorded later may still be missing before it. */
    Instant horizon() {
        return new JdbcClient(dataSource).queryOne("select record_horizon()", row -> RowMapper.readInstant(row, 1));
    }
}
