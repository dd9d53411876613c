package org.voyage.kit.outbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private static final int PAGE_SIZE = 500;
    private static final String WITHDRAWAL_REASON = "restore: the restored database has no such record";

    private static final String END_EPOCH_SQL = """
            update outbox o set epoch = ended.epoch from unnest(?, ?) as ended (position, epoch)
             where o.position = ended.position""";

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
    private final AbsentRecordFinder absentRecords;
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
        this.absentRecords = new AbsentRecordFinder(dataSource);
        this.service = config.service();
        this.actor = new AuditEntry.BackgroundActor(config.service(), "restore");
    }

    /** Returns the epoch as this instance knows it; empty before the first look. */
    Optional<LogEpoch> currentEpoch() {
        return Optional.ofNullable(current);
    }

    @Scheduled(
            every = "2s",
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

    private long withdrawAbsent(LogEpoch epoch) {
        AtomicLong withdrawn = new AtomicLong();
        try (LogTailReader log = topics.openTailReader(() -> {})) {
            absentRecords.forEachPage(log, epoch, page -> {
                for (int from = 0; from < page.size(); from += PAGE_SIZE) {
                    appendWithdrawals(epoch, page.subList(from, Math.min(from + PAGE_SIZE, page.size())));
                }
                withdrawn.addAndGet(page.size());
            });
        }
        return withdrawn.get();
    }

    /**
     * Ends the records in the epoch of their last event: a bureau may report them again meanwhile, with version 1 of
     * the new epoch, and that counts.
     */
    private void appendWithdrawals(LogEpoch epoch, List<AbsentRecordFinder.AbsentRecord> records) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        List<OutgoingEvent> events = new ArrayList<>();
        records.forEach(absent -> events.add(toWithdrawal(absent, now)));
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
                                        .map(absent ->
                                                absent.event().partition().topic() + " "
                                                        + absent.event().key())
                                        .toList()))
                .withActor(actor.actor(), actor.requestId());
        QuarkusTransaction.requiringNew().run(() -> {
            StatementPipeline pipeline = new StatementPipeline();
            Supplier<List<Receipt.ReceiptPart>> places = outbox.appendEach(events, pipeline);
            pipeline.execute(dataSource);
            new JdbcClient(dataSource)
                    .update(
                            END_EPOCH_SQL,
                            SqlArray.ofLongs(places.get().stream()
                                    .map(Receipt.ReceiptPart::position)
                                    .toList()),
                            SqlArray.ofInts(records.stream()
                                    .map(absent -> absent.event().epoch())
                                    .toList()));
            audit.appendEntries(entry);
        });
    }

    private OutgoingEvent toWithdrawal(AbsentRecordFinder.AbsentRecord absent, Instant now) {
        ObjectNode data = absent.data();
        data.put("version", absent.version() + 1);
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
        LogTailReader.OwnEvent event = absent.event();
        return new OutgoingEvent(
                event.partition().topic(), event.key(), UUID.randomUUID(), event.type(), now, data.toString());
    }
}
