package org.voyage.kit.outbox;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Detector of a restored database and of a restored or emptied Kafka. Each new leader compares both before it publishes:
 * a failover that lost the last commits is also a new timeline.
 */
final class RestoreDetector {

    private static final Logger LOG = Logger.getLogger(RestoreDetector.class);

    private final OutboxConfig config;
    private final LogEpochStore epochs;
    private final OutboxTopics topics;

    RestoreDetector(OutboxConfig config, LogEpochStore epochs, OutboxTopics topics) {
        this.config = config;
        this.epochs = epochs;
        this.topics = topics;
    }

    /**
     * Compares the log with the database, and begins an epoch after a restore. No former leader may write any more: what it
     * sent too late would remain unnoticed.
     *
     * @param log keeps the lease while it reads
     */
    ConfirmedLog confirmEpoch(RelayLease lease, LogTailReader log) {
        LogEpoch current = epochs.findCurrent();
        try {
            Map<TopicPartition, LogTail> tails = log.readTails();
            Set<LogTail> stored = epochs.findStored(tails.values());
            List<LogTail> lost = tails.values().stream()
                    .filter(tail -> !stored.contains(tail) && isLost(tail, current, lease))
                    .toList();
            boolean behind = isLogBehind(log, tails, current);
            if (lost.isEmpty() && !behind) {
                return new ConfirmedLog(current, findPublished(tails, stored), log.findEnds());
            }
            int newest = tails.values().stream().mapToInt(LogTail::epoch).max().orElse(0);
            long highest =
                    tails.values().stream().mapToLong(LogTail::position).max().orElse(0);
            LogEpoch begun = epochs.beginEpoch(
                    lease, Math.max(newest, current.number()) + 1, toReason(!lost.isEmpty(), behind), highest, lost);
            LOG.warnf(
                    "Relay: restored: %s. Epoch %d begins at %s; every record is published again",
                    explainReason(begun.reason()), begun.number(), begun.beganAt());
            return new ConfirmedLog(begun, Map.of(), log.findEnds());
        } catch (LogTailReader.MissingTopicException e) {
            topics.forgetTopics();
            throw e;
        }
    }

    /** A partition has its events in the order of their positions, and each transaction whole. */
    private static Map<TopicPartition, Long> findPublished(Map<TopicPartition, LogTail> tails, Set<LogTail> stored) {
        Map<TopicPartition, Long> published = new HashMap<>();
        tails.forEach((partition, tail) -> {
            if (stored.contains(tail)) {
                published.put(partition, tail.position());
            }
        });
        return published;
    }

    /** An event that is older than the retention of the outbox is no longer in the database. */
    private boolean isLost(LogTail tail, LogEpoch current, RelayLease lease) {
        return !epochs.isNotedAsLost(tail)
                && (tail.epoch() > current.number()
                        || tail.position() > lease.position()
                        || tail.position() >= epochs.oldestPosition());
    }

    private boolean isLogBehind(LogTailReader log, Map<TopicPartition, LogTail> tails, LogEpoch current) {
        Map<TopicPartition, Long> published =
                epochs.findPublished(config.topics(), config.partitions(), current.fromPosition());
        return published.entrySet().stream().anyMatch(each -> {
            LogTail tail = tails.get(each.getKey());
            // The missed events of a blocked key come after newer ones.
            return (tail == null || tail.position() < each.getValue())
                    && !log.isExpired(each.getKey())
                    && !log.reachesPosition(each.getKey(), each.getValue());
        });
    }

    private static String toReason(boolean databaseBehind, boolean logBehind) {
        if (databaseBehind) {
            return logBehind ? "both-behind" : "database-behind";
        }
        return "log-behind";
    }

    private static String explainReason(String reason) {
        return switch (reason) {
            case "database-behind" -> "Kafka has events that the database does not know";
            case "log-behind" -> "Kafka lacks events that the database has sent";
            default -> "Kafka and the database each lack events of the other";
        };
    }
}
