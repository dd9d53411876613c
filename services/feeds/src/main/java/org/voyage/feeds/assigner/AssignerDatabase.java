package org.voyage.feeds.assigner;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.feed.FeedEventStore;
import org.voyage.feeds.feed.FeedWakeups;
import org.voyage.feeds.proof.CheckpointConfig;
import org.voyage.feeds.proof.CheckpointSigner;
import org.voyage.feeds.record.RecordUpdate;
import org.voyage.kit.access.DatabaseScope;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.log.ConsumerOffsetTable;
import org.voyage.kit.log.ConsumerOffsetTable.OffsetConflictException;
import org.voyage.kit.log.ConsumerOffsetTable.StoredOffset;
import org.voyage.kit.log.ConsumerOffsets;
import org.voyage.kit.log.LogMessage;
import org.voyage.kit.log.ReaderLease;

/** Database of the assigner: each step is one transaction, which fails when another instance has made a step meanwhile. */
@ApplicationScoped
class AssignerDatabase {

    /** A checkpoint follows after this number of events, or after this time if there were events. */
    private static final int CHECKPOINT_EVENTS = 1_000;

    private static final Duration CHECKPOINT_INTERVAL = Duration.ofHours(1);
    private static final String READER = "feed-assigner";
    private static final String STATE_SQL =
            "select step, visible_step, evaluated_on, reset_epoch from assigner_state where id = 1";
    private static final String COMPARED_SQL =
            "update assigner_state set compared_at = clock_timestamp() where id = 1 and step = ?";
    private static final String STEP_SQL =
            "update assigner_state set step = ?, history_step = ? where id = 1 and step = ?";
    private static final String HISTORY_SQL = """
        update assigner_state set history_from = clock_timestamp(), history_step = step
         where id = 1 and history_step <> step\
        """;
    private static final String STORED_BYTES_SQL = """
        update feed set stored_bytes =
               coalesce((select sum(octet_length(body)) from feed_event where feed_event.feed = feed.id), 0)
             + coalesce((select sum(octet_length(state)) from feed_record where feed_record.feed = feed.id), 0)\
        """;
    private static final String VISIBLE_SQL =
            "update assigner_state set visible_step = ? where id = 1 and visible_step < ?";
    private static final String FILTERS_SQL = "select id, filter from feed where deleted_at is null";

    private final JdbcClient database;
    private final FeedEventStore events;
    private final CheckpointSigner signer;
    private final CheckpointConfig checkpoints;
    private final Duration historyLength;
    private final Duration maxWait;

    AssignerDatabase(
            DataSource dataSource,
            FeedEventStore events,
            CheckpointSigner signer,
            CheckpointConfig checkpoints,
            AssignerConfig config) {
        this.database = new JdbcClient(() -> DatabaseScope.runForAllProvinces(() -> dataSource.getConnection()));
        this.events = events;
        this.signer = signer;
        this.checkpoints = checkpoints;
        this.historyLength = config.historyLength();
        this.maxWait = config.assigner().maxWait();
    }

    /**
     * What the assigner knows of the database after a step.
     *
     * @param resetEpoch epoch that feeds of a lower one are to begin; 0 when none is due
     * @param hasDeadLetters whether there are events that wait for a later version
     * @param touched feeds with events of the last step
     * @param newEvents number of events of the last step
     */
    record AssignerView(
            long step,
            long visibleStep,
            @Nullable LocalDate evaluatedOn,
            int resetEpoch,
            Map<String, FeedRow> feeds,
            Map<TopicPartition, StoredOffset> offsets,
            boolean hasDeadLetters,
            Set<String> touched,
            long newEvents) {

        static final AssignerView EMPTY = new AssignerView(0, 0, null, 0, Map.of(), Map.of(), true, Set.of(), 0);

        AssignerView withVisible() {
            return new AssignerView(step, step, evaluatedOn, resetEpoch, feeds, offsets, hasDeadLetters, Set.of(), 0);
        }

        AssignerView withFeeds(Map<String, FeedRow> now) {
            return new AssignerView(
                    step, visibleStep, evaluatedOn, resetEpoch, now, offsets, hasDeadLetters, Set.of(), 0);
        }

        /** Returns the highest epoch that a reader of a feed may have seen. */
        int findMaxEpoch() {
            return feeds.values().stream().mapToInt(FeedRow::epoch).reduce(resetEpoch, Math::max);
        }
    }

    /** Another instance has made a step. */
    static final class StepConflictException extends RuntimeException {
        StepConflictException() {
            super("the database has another step", null, false, false);
        }
    }

    ReaderLease createLease() {
        return ConsumerOffsets.createLease(database, READER);
    }

    Duration checkpointInterval() {
        return CHECKPOINT_INTERVAL;
    }

    /**
     * Notes steps of an assigner of an older release, if there are any since the last own step. It keeps no changes, so no
     * start of a feed may lie before the end of its steps. It does not count stored bytes, so they are counted again.
     */
    void noteOlderSteps() {
        database.inTransaction(transaction -> {
            if (transaction.update(HISTORY_SQL) == 1) {
                transaction.update(STORED_BYTES_SQL);
            }
            return true;
        });
    }

    AssignerView loadView() {
        return database.queryOne(
                STATE_SQL,
                row -> new AssignerView(
                        row.getLong(1),
                        row.getLong(2),
                        row.getObject(3, LocalDate.class),
                        row.getInt(4),
                        new TreeMap<>(FeedRowStore.loadAll(database)),
                        ConsumerOffsetTable.loadOffsets(database),
                        true,
                        Set.of(),
                        0));
    }

    /**
     * Returns the view with the feeds and filters that the API has changed, and notes that the database was compared.
     *
     * @throws StepConflictException if the database has another step: another instance has made one, or it was restored
     */
    AssignerView refreshView(AssignerView view) {
        if (database.update(COMPARED_SQL, view.step()) != 1) {
            throw new StepConflictException();
        }
        Map<String, String> filters = new HashMap<>();
        database.queryEach(FILTERS_SQL, row -> filters.put(row.getString(1), row.getString(2)));
        Map<String, FeedRow> feeds = new TreeMap<>(view.feeds());
        feeds.keySet().retainAll(filters.keySet());
        feeds.replaceAll((id, feed) -> feed.withFilter(filters.getOrDefault(id, feed.filter())));
        if (feeds.size() < filters.size()) {
            FeedRowStore.loadAll(database).forEach(feeds::putIfAbsent);
        }
        return view.withFeeds(feeds);
    }

    /** Notes which recognitions wait for their standard. */
    WaitingRecognitionStore.WaitingCount noteWaiting(Instant now) {
        return database.inTransaction(transaction -> WaitingRecognitionStore.note(transaction, now, maxWait));
    }

    /**
     * Returns events that could not be read and that nothing has healed, in the order of the log.
     *
     * @param after the last one of the page before; null for the first page
     */
    List<LogMessage> findDeadLetters(@Nullable LogMessage after, int limit) {
        return FeedDeadLetters.findOpen(database, after, limit);
    }

    long countDeadLetters() {
        return FeedDeadLetters.countOpen(database);
    }

    /** Makes the steps up to one visible to readers, and wakes those of some feeds. */
    void makeVisible(long step, Collection<String> feeds) {
        database.inTransaction(transaction -> {
            transaction.update(VISIBLE_SQL, step, step);
            FeedWakeups.announceNews(transaction, feeds);
            return true;
        });
    }

    /** Work of a step; returns what is to run last before the commit. */
    interface DatabaseWork {
        Runnable run(OpenStep step) throws OffsetConflictException;
    }

    /**
     * Runs a step.
     *
     * @param feeds that take part
     * @return the view after it
     * @throws StepConflictException if another instance has made a step; nothing was stored
     */
    AssignerView runStep(AssignerView view, Map<String, FeedRow> feeds, Instant now, DatabaseWork work)
            throws OffsetConflictException {
        return database.inTransaction(transaction -> {
            OpenStep open = new OpenStep(
                    transaction,
                    new AssignerStep(transaction, feeds, signer, CHECKPOINT_EVENTS, now, now.minus(historyLength)),
                    view);
            Runnable last = work.run(open);
            long step = open.step + 1;
            if (transaction.update(STEP_SQL, step, step, view.step()) != 1) {
                throw new StepConflictException();
            }
            Map<String, FeedRow> changed = open.assignerStep.store(events, step, view.feeds());
            last.run();
            return open.toView(step, changed);
        });
    }

    /** Step within its transaction. */
    static final class OpenStep {

        private final JdbcClient transaction;
        private final AssignerStep assignerStep;
        private final AssignerView view;
        private long step;
        private @Nullable LocalDate evaluatedOn;
        private int resetEpoch;
        private Map<TopicPartition, StoredOffset> offsets;
        private boolean hasDeadLetters;

        private OpenStep(JdbcClient transaction, AssignerStep assignerStep, AssignerView view) {
            this.transaction = transaction;
            this.assignerStep = assignerStep;
            this.view = view;
            this.step = view.step();
            this.evaluatedOn = view.evaluatedOn();
            this.resetEpoch = view.resetEpoch();
            this.offsets = view.offsets();
            this.hasDeadLetters = view.hasDeadLetters();
        }

        AssignerStep step() {
            return assignerStep;
        }

        /** Goes on with the step after one that Kafka has witnessed. */
        void raiseStep(long witnessed) {
            step = witnessed;
        }

        /** Notes the epoch that all feeds of a lower one are to begin. @param epoch 0 when all have begun it */
        void noteReset(int epoch) {
            transaction.update("update assigner_state set reset_epoch = nullif(?, 0) where id = 1", epoch);
            resetEpoch = epoch;
        }

        void noteEvaluation(LocalDate day) {
            if (!day.equals(evaluatedOn)) {
                transaction.update("update assigner_state set evaluated_on = ? where id = 1", day);
                evaluatedOn = day;
            }
        }

        /**
         * Applies changes of records until the step is full, and advances the offsets of the topics.
         *
         * @param next offsets after all messages
         * @return number of applied messages
         */
        int applyMessages(List<AssignerLoop.ParsedMessage> messages, Map<TopicPartition, Long> next)
                throws OffsetConflictException {
            int applied = 0;
            while (applied < messages.size() && !assignerStep.isFull()) {
                int end = Math.min(messages.size(), applied + assignerStep.preloadLimit());
                applied += applyPart(messages.subList(applied, end));
            }
            List<AssignerLoop.ParsedMessage> done = messages.subList(0, applied);
            if (hasDeadLetters) {
                FeedDeadLetters.markHealed(
                        transaction,
                        done.stream()
                                .filter(each -> each.update() != null)
                                .map(AssignerLoop.ParsedMessage::message)
                                .toList());
                hasDeadLetters = FeedDeadLetters.existOpen(transaction);
            }
            Map<TopicPartition, StoredOffset> to =
                    findOffsets(done, applied == messages.size() ? next : AssignerLoop.findNextOffsets(done));
            ConsumerOffsetTable.advanceAll(transaction, view.offsets(), to);
            offsets = new HashMap<>(view.offsets());
            offsets.putAll(to);
            return applied;
        }

        /** Applies changes whose records are read at once, until the step is full. @return number of applied messages */
        private int applyPart(List<AssignerLoop.ParsedMessage> messages) {
            assignerStep.preload(messages.stream()
                    .<RecordUpdate>mapMulti((each, sink) -> {
                        if (each.update() != null) {
                            sink.accept(each.update());
                        }
                    })
                    .toList());
            int applied = 0;
            for (AssignerLoop.ParsedMessage each : messages) {
                if (assignerStep.isFull()) {
                    break;
                }
                if (each.update() == null) {
                    FeedDeadLetters.store(transaction, each.message(), each.reason());
                    hasDeadLetters = true;
                } else {
                    assignerStep.applyUpdate(each.update());
                }
                applied++;
            }
            return applied;
        }

        private Map<TopicPartition, StoredOffset> findOffsets(
                List<AssignerLoop.ParsedMessage> messages, Map<TopicPartition, Long> next) {
            Map<TopicPartition, StoredOffset> to = new HashMap<>();
            next.forEach((partition, offset) -> {
                StoredOffset before = view.offsets().get(partition);
                to.put(partition, new StoredOffset(offset, before == null ? -1 : before.outboxPosition(), -1));
            });
            for (AssignerLoop.ParsedMessage each : messages) {
                LogMessage message = each.message();
                TopicPartition partition = new TopicPartition(message.topic(), message.partition());
                StoredOffset place = to.get(partition);
                if (place != null) {
                    to.put(
                            partition,
                            new StoredOffset(
                                    place.nextOffset(),
                                    Math.max(place.outboxPosition(), message.position()),
                                    message.position()));
                }
            }
            return to;
        }

        private AssignerView toView(long stored, Map<String, FeedRow> changed) {
            Map<String, FeedRow> feeds = new TreeMap<>(view.feeds());
            feeds.putAll(changed);
            Map<String, Integer> counts = new LinkedHashMap<>(assignerStep.countEvents());
            return new AssignerView(
                    stored,
                    view.visibleStep(),
                    evaluatedOn,
                    resetEpoch,
                    feeds,
                    offsets,
                    hasDeadLetters,
                    new HashSet<>(counts.keySet()),
                    counts.values().stream().mapToInt(Integer::intValue).sum());
        }
    }
}
