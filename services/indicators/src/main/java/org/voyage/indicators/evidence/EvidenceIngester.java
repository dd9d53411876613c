package org.voyage.indicators.evidence;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.voyage.indicators.config.IndicatorsConfig;
import org.voyage.indicators.evidence.EvidenceStore.DuplicateEvidenceException;
import org.voyage.indicators.fact.DictionaryRegistry;
import org.voyage.indicators.fact.EvidenceInput;
import org.voyage.indicators.fact.FactReaderRegistry;
import org.voyage.indicators.fact.RecordLayoutRegistry;
import org.voyage.kit.database.DatabaseException;
import org.voyage.kit.log.ConsumerOffsetTable.OffsetConflictException;
import org.voyage.kit.log.ConsumerOffsetTable.StoredOffset;
import org.voyage.kit.log.LogFollower;
import org.voyage.kit.log.LogMessage;
import org.voyage.kit.log.LogReader;
import org.voyage.kit.log.LogReaderFactory;
import org.voyage.kit.log.ReaderLease;

/**
 * Ingester that copies the log into the evidence. Each of its threads has its own partitions and
 * transactions, so that PostgreSQL works in parallel. Of several instances one stores what the threads with the same number
 * read, and the others stand by.
 */
@ApplicationScoped
public class EvidenceIngester {

    /** Parallel transactions that write the evidence; each has its own partitions. */
    private static final int WORKERS = 2;

    private static final Logger LOG = Logger.getLogger(EvidenceIngester.class);
    /**
     * After a repeated event more are likely (a replay), and a failed insert is more expensive than the careful one.
     */
    private static final int CHECKED_CHUNKS_AFTER_DUPLICATE = 20;

    private final EvidenceStore store;
    private final LogReaderFactory logs;
    private final Duration maxStartDelay;
    private final CountDownLatch resumed = new CountDownLatch(1);
    private final List<EvidenceWorker> workers = new ArrayList<>();
    private final List<LogFollower<EvidenceChunk>> followers = new ArrayList<>();
    private final Counter rows;
    private final Counter deadLetters;

    public EvidenceIngester(
            EvidenceStore store,
            LogReaderFactory logs,
            RecordLayoutRegistry layouts,
            IndicatorsConfig config,
            MeterRegistry metrics) {
        this.store = store;
        this.logs = logs;
        this.maxStartDelay = config.evidenceWaits();
        for (int hand = 0; hand < WORKERS; hand++) {
            EvidenceWorker worker = new EvidenceWorker(hand, layouts);
            workers.add(worker);
            LogFollower<EvidenceChunk> follower = new LogFollower<>("evidence-" + hand, worker, 1);
            followers.add(follower);
            metrics.gauge(
                    "voyage.indicators.evidence.lag",
                    Tags.of("hand", String.valueOf(hand)),
                    follower,
                    LogFollower::readLagGauge);
        }
        this.rows = metrics.counter("voyage.indicators.evidence.rows");
        this.deadLetters = metrics.counter("voyage.indicators.dead.letters");
    }

    public void start(@Observes StartupEvent event) {
        followers.forEach(LogFollower::start);
    }

    /** Starts the ingestion, unless it runs already: no start of the service needs the machine any more. */
    public void resume() {
        resumed.countDown();
    }

    public void stop(@Observes ShutdownEvent event) {
        resume();
        followers.forEach(LogFollower::stop);
        workers.forEach(EvidenceWorker::releaseLease);
    }

    /** Returns the reason why the ingestion makes no progress at the moment. */
    public Optional<String> failure() {
        return followers.stream().flatMap(each -> each.failure().stream()).findFirst();
    }

    /**
     * Returns the number of events that this instance has not stored yet; empty where another instance stores all of them, and
     * after a failure.
     */
    public OptionalLong lag() {
        if (failure().isPresent()) {
            return OptionalLong.empty();
        }
        long[] known = followers.stream()
                .map(LogFollower::lag)
                .filter(OptionalLong::isPresent)
                .mapToLong(OptionalLong::getAsLong)
                .toArray();
        return known.length == 0
                ? OptionalLong.empty()
                : OptionalLong.of(Arrays.stream(known).sum());
    }

    /** Returns whether a thread of the ingestion has ended without a stop. */
    public boolean hasEnded() {
        return followers.stream().anyMatch(LogFollower::hasEnded);
    }

    private record EvidenceChunk(List<EvidenceInput> entries, Map<TopicPartition, Long> nextOffsets) {}

    private final class EvidenceWorker implements LogFollower.LogProcessor<EvidenceChunk> {

        private final int workerNumber;
        private final FactReaderRegistry readers;
        private Map<TopicPartition, StoredOffset> offsets = Map.of();
        private final ReaderLease lease;
        private int checkedChunksLeft;

        EvidenceWorker(int number, RecordLayoutRegistry layouts) {
            this.workerNumber = number;
            this.lease = store.createLease("evidence-" + number);
            this.readers = new FactReaderRegistry(layouts, new DictionaryRegistry());
        }

        /**
         * Returns whether this thread reads a partition. Partitions of a topic are distributed in turn, and so are
         * topics with one partition.
         */
        private boolean isAssigned(TopicPartition partition) {
            return Math.floorMod(partition.topic().hashCode() + partition.partition(), WORKERS) == workerNumber;
        }

        @Override
        public LogReader openReader() throws InterruptedException, LogFollower.StandbyException {
            if (!resumed.await(maxStartDelay.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.infof("evidence-%d: waits no longer for the live figures", workerNumber);
                resume();
            }
            requireLease();
            offsets = store.loadOffsets();
            return logs.openBatchingReader(this::isAssigned, partition -> {
                StoredOffset place = offsets.get(partition);
                return place == null ? LogReader.FROM_BEGINNING : place.nextOffset();
            });
        }

        @Override
        public EvidenceChunk processChunk(LogReader.LogChunk chunk, LogReader reader) {
            List<EvidenceInput> entries = new ArrayList<>(chunk.messages().size());
            for (LogMessage message : chunk.messages()) {
                entries.add(EvidenceInput.parse(message, readers));
            }
            return new EvidenceChunk(entries, chunk.nextOffsets());
        }

        @Override
        public void applyChunk(EvidenceChunk ahead) throws LogFollower.StandbyException {
            requireLease();
            if (!ahead.nextOffsets.isEmpty()) {
                try {
                    storeEntries(ahead.entries, ahead.nextOffsets);
                } catch (OffsetConflictException e) {
                    LOG.debugf("evidence-%d: %s", workerNumber, e.getMessage());
                    throw new LogFollower.StandbyException();
                }
            }
        }

        private void requireLease() throws LogFollower.StandbyException {
            if (!lease.hold()) {
                throw new LogFollower.StandbyException();
            }
        }

        void releaseLease() {
            try {
                lease.release();
            } catch (DatabaseException e) {
                LOG.debugf("evidence-%d: the lease runs out by itself: %s", workerNumber, e.getMessage());
            }
        }

        /**
         * Stores entries. If PostgreSQL rejects one, a search isolates the single event and stores it as a dead letter.
         */
        private void storeEntries(List<EvidenceInput> entries, Map<TopicPartition, Long> next)
                throws OffsetConflictException {
            Map<TopicPartition, StoredOffset> to = new HashMap<>();
            next.forEach((partition, offset) -> to.put(
                    partition,
                    new StoredOffset(offset, largestPosition(partition, entries), lastPosition(partition, entries))));
            try {
                int written = writeEntries(entries, to);
                Map<TopicPartition, StoredOffset> moved = new HashMap<>(offsets);
                moved.putAll(to);
                offsets = moved;
                rows.increment(written);
                deadLetters.increment(
                        entries.stream().filter(entry -> entry.parts() == null).count());
            } catch (DatabaseException e) {
                if (e.sqlState() == null || !e.sqlState().startsWith("22")) {
                    throw e;
                }
                if (entries.size() == 1) {
                    LOG.warnf("dead letter %s: %s", entries.getFirst().message().key(), e.getMessage());
                    storeEntries(
                            List.of(entries.getFirst().asDeadLetter("PostgreSQL refuses it: " + e.sqlState())), next);
                    return;
                }
                List<EvidenceInput> first = entries.subList(0, entries.size() / 2);
                storeEntries(first, nextOffsets(first));
                storeEntries(entries.subList(entries.size() / 2, entries.size()), next);
            }
        }

        private int writeEntries(List<EvidenceInput> entries, Map<TopicPartition, StoredOffset> to)
                throws OffsetConflictException {
            if (checkedChunksLeft == 0) {
                try {
                    return store.storeNew(entries, offsets, to);
                } catch (DuplicateEvidenceException e) {
                    checkedChunksLeft = CHECKED_CHUNKS_AFTER_DUPLICATE;
                }
            }
            checkedChunksLeft--;
            return store.storeMissing(entries, offsets, to);
        }

        private static long lastPosition(TopicPartition partition, List<EvidenceInput> entries) {
            long last = -1;
            for (EvidenceInput entry : entries) {
                if (isOf(partition, entry.message())) {
                    last = entry.message().position();
                }
            }
            return last;
        }

        private static boolean isOf(TopicPartition partition, LogMessage message) {
            return message.partition() == partition.partition()
                    && message.topic().equals(partition.topic());
        }

        private long largestPosition(TopicPartition partition, List<EvidenceInput> entries) {
            StoredOffset place = offsets.get(partition);
            long position = place == null ? -1 : place.outboxPosition();
            for (EvidenceInput entry : entries) {
                if (isOf(partition, entry.message())) {
                    position = Math.max(position, entry.message().position());
                }
            }
            return position;
        }
    }

    private static Map<TopicPartition, Long> nextOffsets(List<EvidenceInput> entries) {
        Map<TopicPartition, Long> ends = new HashMap<>();
        for (EvidenceInput entry : entries) {
            LogMessage message = entry.message();
            ends.put(new TopicPartition(message.topic(), message.partition()), message.offset() + 1);
        }
        return ends;
    }
}
