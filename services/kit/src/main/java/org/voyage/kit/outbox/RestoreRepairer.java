package org.voyage.kit.outbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.audit.AuditEntry;
import org.voyage.kit.audit.AuditTrail;
import org.voyage.kit.database.DatabaseTimeout;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.database.SqlArray;
import org.voyage.kit.database.StatementPipeline;
import org.voyage.kit.reference.InstantFormat;

/**
 * Scheduled job that repairs the log after a restore, at the instance that leads: it publishes every record again under
 * the new epoch, and withdraws the records that Kafka has and the database does not. After a crash it begins again.
 */
@ApplicationScoped
class RestoreRepairer {

    private static final Logger LOG = Logger.getLogger(RestoreRepairer.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PAGE_SIZE = 500;
    private static final int KEYS_PER_INSERT = 5_000;
    private static final String WITHDRAWAL_REASON = "restore: the restored database has no such record";

    private static final String CREATE_KEYS_SQL =
            "create temporary table log_key (topic text, key text, primary key (topic, key)) on commit drop";
    private static final String INSERT_KEYS_SQL =
            "insert into log_key select * from unnest(?, ?) on conflict do nothing";
    /** The repair has published each record of the database before. */
    private static final String ABSENT_SQL = """
            select k.topic, k.key from log_key k
             where not exists (select from outbox o
                                where o.topic = k.topic and o.key = k.key and o.position >= ?)""";

    private static final String END_EPOCH_SQL = """
            update outbox o set epoch = ended.epoch from unnest(?, ?) as ended (position, epoch)
             where o.position = ended.position""";

    private static final long INSERT_INTERVAL_NANOS = Duration.ofSeconds(10).toNanos();

    /** A repair that fails publishes its records again: each pause is twice the one before. */
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);

    private static final int MAX_PAUSE_DOUBLINGS = 7;

    private final OutboxRelay relay;
    private final OutboxStore store;
    private final OutboxTopics topics;
    private final Outbox outbox;
    private final Republisher republisher;
    private final AuditTrail audit;
    private final DataSource dataSource;
    private final AuditEntry.BackgroundActor actor;
    private final String service;
    private final Clock clock = Clock.systemUTC();
    private volatile @Nullable LogEpoch current;
    private volatile int failures;
    private volatile long pausedUntilNanos = System.nanoTime();

    RestoreRepairer(
            OutboxRelay relay,
            OutboxStore store,
            OutboxTopics topics,
            Outbox outbox,
            Republisher republisher,
            AuditTrail audit,
            DataSource dataSource,
            OutboxConfig config) {
        this.relay = relay;
        this.store = store;
        this.topics = topics;
        this.outbox = outbox;
        this.republisher = republisher;
        this.audit = audit;
        this.dataSource = dataSource;
        this.service = config.service();
        this.actor = new AuditEntry.BackgroundActor(config.service(), "restore");
    }

    /** Returns the epoch as this instance knows it; empty before the first look. */
    Optional<LogEpoch> currentEpoch() {
        return Optional.ofNullable(current);
    }

    @Scheduled(
            every = "${voyage.outbox.repair-every:2s}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void repairIfNeeded() {
        try {
            repairEpochIfNeeded();
        } catch (RuntimeException e) {
            LOG.warnf("Relay: the epoch of the log is looked at again: %s", e.getMessage());
            LOG.debug("Relay", e);
        }
    }

    private void repairEpochIfNeeded() {
        // The leader alone knows whether the epoch is confirmed.
        boolean leads = relay.isLeading();
        LogEpoch epoch = store.epochs().findCurrent();
        current = epoch;
        if (leads && !epoch.isRepaired() && System.nanoTime() - pausedUntilNanos >= 0) {
            try {
                DatabaseTimeout.runWithTimeout(DatabaseTimeout.LONG_WORK, () -> repairEpoch(epoch));
                failures = 0;
            } catch (RuntimeException e) {
                int doublings = Math.min(failures, MAX_PAUSE_DOUBLINGS);
                failures = doublings + 1;
                pausedUntilNanos = System.nanoTime()
                        + FIRST_PAUSE.multipliedBy(1L << doublings).toNanos();
                throw e;
            }
            current = store.epochs().findCurrent();
        }
    }

    private void repairEpoch(LogEpoch epoch) {
        appendAudit(AuditEntry.done(
                "restored",
                null,
                null,
                null,
                Map.of(
                        "epoch",
                        epoch.number(),
                        "reason",
                        epoch.reason(),
                        "beganAt",
                        InstantFormat.formatInstant(epoch.beganAt()))));
        long republished = republisher.republishAll(actor);
        long withdrawn = withdrawAbsent(epoch);
        store.epochs().recordRepair(epoch, republished, withdrawn);
        appendAudit(AuditEntry.done(
                "restore-repaired",
                null,
                null,
                null,
                Map.of("epoch", epoch.number(), "republished", republished, "withdrawn", withdrawn)));
        LOG.warnf(
                "Relay: epoch %d is repaired: %d events again, %d records that the database has not are withdrawn",
                epoch.number(), republished, withdrawn);
    }

    private void appendAudit(AuditEntry entry) {
        AuditEntry its = entry.withActor(actor.actor(), actor.requestId());
        QuarkusTransaction.requiringNew().run(() -> audit.appendEntries(its));
    }

    private record LogKey(String topic, String key) {}

    /** Newest event of a record that the database does not have. */
    private record EndedRecord(LogTailReader.OwnEvent event, ObjectNode data, int version) {
        boolean isNewerThan(EndedRecord other) {
            return event.epoch() != other.event.epoch()
                    ? event.epoch() > other.event.epoch()
                    : version >= other.version;
        }
    }

    private long withdrawAbsent(LogEpoch epoch) {
        try (LogTailReader log = topics.openTailReader(() -> {})) {
            Set<LogKey> absent = findAbsent(log, epoch);
            if (absent.isEmpty()) {
                return 0;
            }
            Map<LogKey, EndedRecord> newest = new HashMap<>();
            log.forEachEvent(event -> {
                LogKey key = new LogKey(event.partition().topic(), event.key());
                if (absent.contains(key)) {
                    parseEnded(event).ifPresent(ended -> newest.merge(key, ended, (a, b) -> b.isNewerThan(a) ? b : a));
                }
            });
            List<EndedRecord> counting = newest.values().stream()
                    .filter(ended -> ended.data().path("after").isObject())
                    .toList();
            for (int from = 0; from < counting.size(); from += PAGE_SIZE) {
                appendWithdrawals(epoch, counting.subList(from, Math.min(from + PAGE_SIZE, counting.size())));
            }
            return counting.size();
        }
    }

    private Set<LogKey> findAbsent(LogTailReader log, LogEpoch epoch) {
        return new JdbcClient(dataSource).inTransaction(client -> {
            client.execute(CREATE_KEYS_SQL);
            Set<LogKey> seen = new HashSet<>();
            AtomicLong insertedAt = new AtomicLong(System.nanoTime());
            log.forEachEvent(event -> {
                seen.add(new LogKey(event.partition().topic(), event.key()));
                // PostgreSQL ends a transaction that is idle for long.
                if (seen.size() == KEYS_PER_INSERT || System.nanoTime() - insertedAt.get() > INSERT_INTERVAL_NANOS) {
                    insertKeys(client, seen);
                    insertedAt.set(System.nanoTime());
                }
            });
            insertKeys(client, seen);
            return Set.copyOf(client.query(
                    ABSENT_SQL, row -> new LogKey(row.getString(1), row.getString(2)), epoch.fromPosition()));
        });
    }

    private static void insertKeys(JdbcClient client, Set<LogKey> seen) {
        client.update(INSERT_KEYS_SQL, SqlArray.ofTexts(seen, LogKey::topic), SqlArray.ofTexts(seen, LogKey::key));
        seen.clear();
    }

    private static Optional<EndedRecord> parseEnded(LogTailReader.OwnEvent event) {
        try {
            JsonNode data = JSON.readTree(event.data());
            return data instanceof ObjectNode its && its.path("version").canConvertToInt()
                    ? Optional.of(
                            new EndedRecord(event, its, its.path("version").intValue()))
                    : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Ends the records in the epoch of their last event: a bureau may report them again meanwhile, with version 1 of
     * the new epoch, and that counts.
     */
    private void appendWithdrawals(LogEpoch epoch, List<EndedRecord> records) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        List<OutgoingEvent> events = new ArrayList<>();
        records.forEach(ended -> events.add(toWithdrawal(ended, now)));
        AuditEntry entry = AuditEntry.done(
                        "restore-withdrawn",
                        null,
                        null,
                        null,
                        Map.of(
                                "epoch",
                                epoch.number(),
                                "keys",
                                records.stream()
                                        .map(ended -> ended.event().partition().topic() + " "
                                                + ended.event().key())
                                        .toList()))
                .withActor(actor.actor(), actor.requestId());
        QuarkusTransaction.requiringNew().run(() -> {
            StatementPipeline trip = new StatementPipeline();
            Supplier<List<Receipt.ReceiptPart>> places = outbox.appendEach(events, trip);
            trip.execute(dataSource);
            new JdbcClient(dataSource)
                    .update(
                            END_EPOCH_SQL,
                            SqlArray.ofLongs(places.get().stream()
                                    .map(Receipt.ReceiptPart::position)
                                    .toList()),
                            SqlArray.ofInts(records.stream()
                                    .map(ended -> ended.event().epoch())
                                    .toList()));
            audit.appendEntries(entry);
        });
    }

    private OutgoingEvent toWithdrawal(EndedRecord ended, Instant now) {
        ObjectNode data = ended.data().deepCopy();
        data.put("version", ended.version() + 1);
        data.put("change", "withdrawn");
        data.putObject("cause")
                .put("kind", "republication")
                .put("id", UUID.randomUUID().toString())
                .put("actor", service)
                .put("reason", WITHDRAWAL_REASON);
        data.put("recordedAt", InstantFormat.formatInstant(now));
        data.remove("movedTo");
        data.set("before", data.path("after"));
        data.putNull("after");
        LogTailReader.OwnEvent event = ended.event();
        return new OutgoingEvent(
                event.partition().topic(), event.key(), UUID.randomUUID(), event.type(), now, data.toString());
    }
}
