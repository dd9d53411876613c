package org.voyage.feeds.topic;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.voyage.feeds.feed.FeedMessage;
import org.voyage.feeds.feed.FeedPosition;

/**
 * Writer of the topics of feeds, in transactions. The next writer, of any instance, ends the transaction of this one, and
 * Kafka then refuses all that this one sends.
 */
final class FeedTopicWriter implements AutoCloseable {

    /** Header with the id of the event. */
    static final String ID_HEADER = "ce_id";
    /** Header with the id of the last event that a state follows from. */
    static final String POSITION_HEADER = "position";
    /** Maximum size of a message in bytes. */
    static final int MAX_MESSAGE_BYTES = 4 * 1024 * 1024;

    private static final String TRANSACTIONS = "feed-topics";
    private static final byte[] STRUCTURED =
            "application/cloudevents+json; charset=UTF-8".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] JSON = "application/json".getBytes(StandardCharsets.US_ASCII);
    private static final int TIME_LIMIT_MILLIS = 10_000;

    private final KafkaProducer<String, byte[]> producer;
    private boolean isInTransaction;

    /** Opens the writer, and ends what a former one has left open. */
    FeedTopicWriter(Map<String, Object> kafka) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, "feed-topics-writer");
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, TRANSACTIONS);
        settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 2 * TIME_LIMIT_MILLIS);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        // Else an event that a new topic refuses at first is overtaken and then refused until the time limit
        // (KAFKA-15591).
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_MESSAGE_BYTES);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, TIME_LIMIT_MILLIS);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, TIME_LIMIT_MILLIS / 2);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, TIME_LIMIT_MILLIS);
        this.producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
        try {
            producer.initTransactions();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Sends an event, in a new transaction if none is open. What the future says holds once the transaction has ended. */
    Future<RecordMetadata> send(String topic, FeedMessage message) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(
                topic, 0, message.orderKey().isEmpty() ? null : message.orderKey(), message.body());
        record.headers().add("content-type", STRUCTURED);
        record.headers().add(ID_HEADER, encode(message.position()));
        return send(record);
    }

    /** Sends the state of a record; see {@link #send}. @param position of the last event that it follows from */
    Future<RecordMetadata> sendState(String topic, StateMessage state, FeedPosition position) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, 0, state.outsideId(), state.value());
        record.headers().add("content-type", JSON);
        record.headers().add(POSITION_HEADER, encode(position));
        return send(record);
    }

    private Future<RecordMetadata> send(ProducerRecord<String, byte[]> record) {
        if (!isInTransaction) {
            producer.beginTransaction();
            isInTransaction = true;
        }
        return producer.send(record);
    }

    private static byte[] encode(FeedPosition position) {
        return position.text().getBytes(StandardCharsets.US_ASCII);
    }

    boolean isInTransaction() {
        return isInTransaction;
    }

    void commitTransaction() {
        producer.commitTransaction();
        isInTransaction = false;
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
