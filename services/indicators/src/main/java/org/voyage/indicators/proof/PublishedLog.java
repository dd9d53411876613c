package org.voyage.indicators.proof;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.IndicatorsConfig;
import org.voyage.indicators.evidence.SetAsides;
import org.voyage.indicators.intake.Delivery;
import org.voyage.indicators.intake.LogReader;
import org.voyage.indicators.intake.LogReaders;
import org.voyage.indicators.intake.Topics;
import org.voyage.kit.database.DatabaseException;

/**
 * What the record services published: each topic from its beginning up to a position. What was set aside is no state and is
 * left out; {@code /v1/set-aside} tells of it.
 */
@ApplicationScoped
class PublishedLog {

    private static final Duration POLL = Duration.ofMillis(200);

    private final LogReaders logs;
    private final SetAsides setAsides;
    private final Topics topics;
    private final Duration timeout;

    PublishedLog(LogReaders logs, SetAsides setAsides, Topics topics, IndicatorsConfig config) {
        this.logs = logs;
        this.setAsides = setAsides;
        this.topics = topics;
        this.timeout = config.proof().readingTimeout();
    }

    /** One change as it was published. @param after JSON null when the fact was withdrawn */
    record Published(Delivery delivery, String key, int version, JsonNode after) {}

    /** Is handed the changes of a topic, those of one key in their order. */
    interface Sink {
        void take(Published published) throws Undecided;
    }

    /**
     * @param until per partition the offset of the first event that is not wanted
     * @throws Undecided when the log does not reach there, or not back to its beginning
     */
    void read(String record, Map<TopicPartition, Long> until, Sink to) throws Undecided {
        read(record, until, setAsides::offsets, to);
    }

    /** Which events of a topic are no states. */
    interface Unreadable {
        /** By partition their offsets. */
        Map<Integer, Set<Long>> offsets(String topic);
    }

    void read(String record, Map<TopicPartition, Long> until, Unreadable unreadable, Sink to) throws Undecided {
        String topic = topics.service(record) + "." + record;
        Map<TopicPartition, Long> wanted = new HashMap<>();
        until.forEach((partition, offset) -> {
            if (partition.topic().equals(topic) && offset > 0) {
                wanted.put(partition, offset);
            }
        });
        if (wanted.isEmpty()) {
            return;
        }
        try (LogReader reader = logs.open(new Topics(List.of(topic)), partition -> LogReader.FROM_BEGINNING)) {
            check(topic, wanted, reader);
            follow(reader, wanted, unreadable.offsets(topic), to);
        } catch (DatabaseException e) {
            throw new Undecided("What was set aside cannot be read.", e);
        } catch (KafkaException e) {
            throw new Undecided("The log of " + topic + " cannot be read.", e);
        }
    }

    private static void check(String topic, Map<TopicPartition, Long> wanted, LogReader reader) throws Undecided {
        Map<TopicPartition, Long> ends = reader.ends();
        Map<TopicPartition, Long> beginnings = reader.beginnings();
        for (Map.Entry<TopicPartition, Long> each : wanted.entrySet()) {
            if (ends.getOrDefault(each.getKey(), 0L) < each.getValue()) {
                throw new Undecided("The log of " + topic + " ends before the position.");
            }
            if (beginnings.getOrDefault(each.getKey(), 0L) > 0) {
                throw new Undecided("Kafka has no longer the beginning of " + topic + ".");
            }
        }
    }

    private void follow(LogReader reader, Map<TopicPartition, Long> wanted, Map<Integer, Set<Long>> aside, Sink to)
            throws Undecided {
        long deadline = System.nanoTime() + timeout.toNanos();
        boolean all = false;
        while (!all) {
            for (Delivery delivery : reader.poll(POLL).deliveries()) {
                TopicPartition partition = new TopicPartition(delivery.topic(), delivery.partition());
                if (delivery.offset() < wanted.getOrDefault(partition, 0L)
                        && !aside.getOrDefault(delivery.partition(), Set.of()).contains(delivery.offset())) {
                    to.take(published(delivery, delivery.key(), delivery.bytes()));
                }
            }
            if (System.nanoTime() - deadline > 0) {
                throw new Undecided("Reading a topic took longer than " + timeout + ".");
            }
            all = wanted.entrySet().stream().allMatch(each -> reader.next(each.getKey()) >= each.getValue());
        }
    }

    private static Published published(Delivery delivery, @Nullable String key, byte @Nullable [] value)
            throws Undecided {
        if (key == null || value == null) {
            throw new Undecided("An event without key or content was neither counted nor set aside.");
        }
        JsonNode event = Definitions.json(value);
        return new Published(delivery, key, event.path("version").asInt(), event.path("after"));
    }
}
