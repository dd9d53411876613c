package org.voyage.indicators.feature.completeness;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.voyage.indicators.evidence.deadletter.DeadLetterStore;
import org.voyage.indicators.fact.SubmissionTopics;
import org.voyage.indicators.fact.UnreadableEventException;
import org.voyage.kit.database.DatabaseException;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.log.ConsumerOffsets;
import org.voyage.kit.log.LogFollower;
import org.voyage.kit.log.LogMessage;
import org.voyage.kit.log.LogReader;
import org.voyage.kit.log.LogReaderFactory;
import org.voyage.kit.log.LogTopics;
import org.voyage.kit.log.ReaderLease;

/** Consumer of the submission events of every service. It stores each event once. */
@ApplicationScoped
public class SubmissionConsumer {

    private static final Logger LOG = Logger.getLogger(SubmissionConsumer.class);

    private final ConsumerOffsets progress;
    private final LogReaderFactory logs;
    private final LogTopics topics;
    private final LogFollower<LogReader.LogChunk> follower;
    private final ReaderLease lease;
    private Map<TopicPartition, Long> next = Map.of();

    SubmissionConsumer(ConsumerOffsets progress, LogReaderFactory logs, LogTopics topics) {
        this.progress = progress;
        this.logs = logs;
        this.topics = SubmissionTopics.of(topics);
        this.lease = progress.createLease("submissions");
        this.follower = new LogFollower<>("submissions", new SubmissionLogProcessor(), 1);
    }

    void start(@Observes StartupEvent event) {
        follower.start();
    }

    void stop(@Observes ShutdownEvent event) {
        follower.stop();
        try {
            lease.release();
        } catch (DatabaseException e) {
            LOG.debugf("the lease of the submissions runs out by itself: %s", e.getMessage());
        }
    }

    /** Returns whether the consumer has ended without a stop. */
    boolean hasEnded() {
        return follower.hasEnded();
    }

    /** Returns the reason why the consumer makes no progress at the moment. */
    Optional<String> failure() {
        return follower.failure();
    }

    private final class SubmissionLogProcessor implements LogFollower.LogProcessor<LogReader.LogChunk> {

        @Override
        public LogReader openReader() throws LogFollower.StandbyException {
            requireLease();
            next = progress.nextOffsets();
            return logs.openReader(topics, partition -> next.getOrDefault(partition, LogReader.FROM_BEGINNING));
        }

        @Override
        public LogReader.LogChunk processChunk(LogReader.LogChunk chunk, LogReader reader) {
            return chunk;
        }

        @Override
        public void applyChunk(LogReader.LogChunk chunk) throws LogFollower.StandbyException {
            requireLease();
            if (!chunk.isEmpty()) {
                storeChunk(chunk);
            }
        }

        private void requireLease() throws LogFollower.StandbyException {
            if (!lease.hold()) {
                throw new LogFollower.StandbyException();
            }
        }

        private void storeChunk(LogReader.LogChunk chunk) throws LogFollower.StandbyException {
            try {
                progress.storeStep(next, chunk, database -> {
                    List<LogMessage> newest = new ArrayList<>();
                    for (LogMessage message : chunk.messages()) {
                        if (storeSubmission(database, message)) {
                            newest.add(message);
                        }
                    }
                    DeadLetterStore.markHealed(database, newest);
                    if (newest.stream().anyMatch(message -> message.record().equals(SubmissionTopics.YEAR_CLOSE))) {
                        SubmissionWriter.recordYearStates(database);
                    }
                });
            } catch (ConsumerOffsets.ReaderOvertakenException e) {
                LOG.debugf("submissions: %s", e.getMessage());
                throw new LogFollower.StandbyException();
            }
            Map<TopicPartition, Long> moved = new HashMap<>(next);
            moved.putAll(chunk.nextOffsets());
            next = moved;
        }
    }

    /** @return whether it is the newest event of its key */
    private static boolean storeSubmission(JdbcClient database, LogMessage message) {
        try {
            SubmissionEvent told = SubmissionEvent.parse(message);
            return SubmissionWriter.storeIfNewer(database, told);
        } catch (UnreadableEventException e) {
            LOG.warnf("dead letter from %s: %s", message.topic(), e.reason());
            DeadLetterStore.storeDeadLetters(database, message, e.reason());
            return false;
        }
    }
}
