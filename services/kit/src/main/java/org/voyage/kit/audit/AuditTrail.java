package org.voyage.kit.audit;

import io.quarkus.arc.Arc;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.Caller;
import org.voyage.kit.access.Province;
import org.voyage.kit.database.DatabaseException;
import org.voyage.kit.database.SqlArray;
import org.voyage.kit.database.StatementPipeline;
import org.voyage.kit.quota.StorageQuota;

/** Audit trail that a service appends its actions to; see the package for the guarantees. */
@ApplicationScoped
public class AuditTrail {
    /** Longest time that the entry of a refusal or a read may take; after it the answer is 503. */
    static final Duration ENTRY_TIMEOUT = Duration.ofSeconds(5);

    private static final String INSERT_SQL = """
            insert into audit_entry (action, outcome, record, province, object, actor, roles, address, request_id, details)
            select * from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                                 ?::text[], ?::text[])""";

    private static final int COLUMN_COUNT = 10;
    /** Bytes of an entry without its details, about. */
    private static final long ENTRY_BYTES = 200;

    static final String REPORTING_YEAR_ATTRIBUTE = "voyage.audit.year";

    private static final ScopedValue<Map<String, AuditOrigin>> CURRENT_SENDERS = ScopedValue.newInstance();

    private final DataSource dataSource;
    private final TransactionSynchronizationRegistry transaction;
    private final CurrentVertxRequest request;
    private final Caller caller;
    private final StorageQuota storage;

    AuditTrail(
            DataSource dataSource,
            TransactionSynchronizationRegistry transaction,
            CurrentVertxRequest request,
            Caller caller,
            StorageQuota storage) {
        this.dataSource = dataSource;
        this.transaction = transaction;
        this.request = request;
        this.caller = caller;
        this.storage = storage;
    }

    /**
     * Appends an entry in the caller's transaction: the entry is stored if and only if the change is.
     *
     * @throws IllegalStateException when no transaction is active, or the actor is unknown
     * @throws AuditUnavailableException if the entry cannot be written
     */
    public void appendEntries(AuditEntry entry) {
        appendEntries(List.of(entry));
    }

    /** Appends several entries in their order; see {@link #appendEntries(AuditEntry)}. */
    public void appendEntries(List<AuditEntry> entries) {
        StatementPipeline trip = new StatementPipeline();
        appendEntries(entries, trip);
        executePipeline(trip);
    }

    /** Appends several entries when the pipeline executes; see {@link #appendEntries(AuditEntry)}. */
    public void appendEntries(List<AuditEntry> entries, StatementPipeline trip) {
        if (transaction.getTransactionStatus() != Status.STATUS_ACTIVE) {
            throw new IllegalStateException("A change is audited in its own transaction, or not at all.");
        }
        addInsert(entries, entries.stream().map(this::originOf).toList(), trip);
    }

    /**
     * Sets the reporting year of the record that this request writes. {@link RefusalListener}s receive it if the write
     * is refused.
     *
     * @param year null if the record has none
     */
    public void setReportingYear(@Nullable Integer year) {
        if (year != null) {
            Objects.requireNonNull(request.getCurrent(), "no request").put(REPORTING_YEAR_ATTRIBUTE, year);
        }
    }

    private void executePipeline(StatementPipeline trip) {
        try {
            trip.execute(dataSource);
        } catch (DatabaseException e) {
            throw new AuditUnavailableException(e);
        }
    }

    /** Returns the current caller and its address; for {@link #runOnBehalfOf}. */
    public AuditOrigin currentOrigin() {
        return AuditOrigin.of(caller, Objects.requireNonNull(request.getCurrent(), "no request"));
    }

    /**
     * Runs work on behalf of requests, on this thread. An entry with one of these requests as its background gets the
     * origin of that request. All entries on behalf of one request get its origin.
     *
     * @param senders by the ids of their requests
     */
    public static <T, X extends Throwable> T runOnBehalfOf(
            Map<String, AuditOrigin> senders, ScopedValue.CallableOp<T, X> work) throws X {
        return ScopedValue.where(CURRENT_SENDERS, Map.copyOf(senders)).call(work);
    }

    /**
     * Appends an entry in a transaction of its own, for a refusal or a read, which change nothing. The entry is stored
     * when this method returns. If the method throws, the caller must not continue with the action.
     *
     * @throws IllegalStateException when the actor is unknown
     * @throws AuditUnavailableException if the entry cannot be written
     */
    public void appendInOwnTransaction(AuditEntry entry) {
        appendInOwnTransaction(entry, originOf(entry), trip -> {});
    }

    /**
     * Appends an entry in a transaction of its own.
     *
     * @param more adds statements to the same transaction
     */
    void appendInOwnTransaction(AuditEntry entry, AuditOrigin origin, Consumer<StatementPipeline> more) {
        QuarkusTransaction.requiringNew().timeout(timeoutSeconds()).run(() -> {
            StatementPipeline trip = new StatementPipeline();
            // Of this transaction only: a caller waits for the answer.
            trip.addUpdate("select set_config('statement_timeout', ?, true)", Long.toString(ENTRY_TIMEOUT.toMillis()));
            addInsert(List.of(entry), List.of(origin), trip);
            more.accept(trip);
            executePipeline(trip);
        });
    }

    private AuditOrigin originOf(AuditEntry entry) {
        if (CURRENT_SENDERS.isBound() && entry.background() != null) {
            Map<String, AuditOrigin> senders = CURRENT_SENDERS.get();
            @Nullable
            AuditOrigin sender = senders.size() == 1
                    ? senders.values().iterator().next()
                    : senders.get(entry.background().requestId());
            if (sender != null) {
                return sender;
            }
        }
        @Nullable RoutingContext current = Arc.container().requestContext().isActive() ? request.getCurrent() : null;
        if (current != null) {
            return AuditOrigin.of(caller, current);
        }
        if (entry.background() == null) {
            throw new IllegalStateException("Outside of a request an entry says itself who did it.");
        }
        return AuditOrigin.of(entry.background());
    }

    private void addInsert(List<AuditEntry> entries, List<AuditOrigin> origins, StatementPipeline trip) {
        if (entries.isEmpty()) {
            return;
        }
        @Nullable String[][] columns = new @Nullable String[COLUMN_COUNT][entries.size()];
        for (int i = 0; i < entries.size(); i++) {
            AuditEntry entry = entries.get(i);
            AuditOrigin origin = origins.get(i);
            @Nullable Province province = entry.province();
            @Nullable
            String[] row = {
                entry.action(),
                entry.outcome().code(),
                entry.record(),
                province == null ? null : province.code(),
                entry.object(),
                origin.actor(),
                origin.roles(),
                origin.address(),
                origin.requestId(),
                entry.details()
            };
            for (int column = 0; column < COLUMN_COUNT; column++) {
                columns[column][i] = row[column];
            }
            if (province != null) {
                storage.countBytes(
                        province.code(), ENTRY_BYTES + entry.details().length());
            }
        }
        trip.addUpdate(
                INSERT_SQL,
                Stream.of(columns).map(values -> new SqlArray("text", values)).toArray());
    }

    private int timeoutSeconds() {
        return Math.toIntExact(ENTRY_TIMEOUT.toSeconds());
    }
}
