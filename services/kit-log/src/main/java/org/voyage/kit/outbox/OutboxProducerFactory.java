package org.voyage.kit.outbox;

import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Factory of the relay's producer: durable, in order, in transactions, without expiry (an event waits for Kafka). All
 * instances of a service have one transactional id, so Kafka takes events of the newest producer only. A call of the
 * producer blocks for a third of the lease at most. The relay can therefore renew its lease in time, whatever Kafka does.
 */
@ApplicationScoped
class OutboxProducerFactory {

    /** Memory of events that Kafka has not acknowledged; {@link OutboxPublisher} never fills it. */
    private static final long BUFFER_BYTES = 40L * 1024 * 1024;

    /**
     * Time after which Kafka ends a transaction whose relay was killed, if no successor has ended it before. A transaction
     * holds at most 40 MB, which even a slow disk stores in less time.
     */
    private static final int TRANSACTION_TIMEOUT_MILLIS = 30_000;

    /** After this time Kafka counts as absent, and another instance may try. */
    private static final Duration MAX_FENCING_TIME = Duration.ofSeconds(20);

    /** Time after which a broker that is silent counts as lost. */
    private static final int REQUEST_TIMEOUT_MILLIS = 10_000;

    private static final int CONNECTION_TIMEOUT_MILLIS = 3_000;

    private final Map<String, Object> kafka;
    private final OutboxConfig config;

    /** @param kafka settings of the connection */
    OutboxProducerFactory(@Identifier("default-kafka-broker") Map<String, Object> kafka, OutboxConfig config) {
        this.kafka = kafka;
        this.config = config;
    }

    /**
     * Opens a producer. When this returns, Kafka has ended the transaction of each former producer of the service, on any
     * instance, and refuses all that such a producer still sends.
     *
     * @param keepLease runs often while Kafka is asked
     */
    Producer<String, byte[]> openProducer(Runnable keepLease) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.putAll(Map.ofEntries(
                Map.entry(ProducerConfig.CLIENT_ID_CONFIG, "outbox-" + config.service()),
                Map.entry(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "outbox-" + config.service()),
                Map.entry(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MILLIS),
                Map.entry(ProducerConfig.ACKS_CONFIG, "all"),
                Map.entry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true),
                // With more requests in flight, an event that a new partition refuses at first is overtaken,
                // and then refused permanently (KAFKA-15591).
                Map.entry(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1),
                Map.entry(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4"),
                Map.entry(ProducerConfig.LINGER_MS_CONFIG, 0),
                Map.entry(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024),
                Map.entry(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, CloudEventMapper.maxMessageBytes(config)),
                Map.entry(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES),
                Map.entry(
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        config.lease().dividedBy(3).toMillis()),
                Map.entry(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MILLIS),
                Map.entry(ProducerConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, CONNECTION_TIMEOUT_MILLIS),
                Map.entry(ProducerConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG, CONNECTION_TIMEOUT_MILLIS),
                Map.entry(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE),
                Map.entry(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000)));
        KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
        try {
            fenceFormerProducers(producer, keepLease);
            return producer;
        } catch (RuntimeException e) {
            producer.close(Duration.ZERO);
            throw e;
        }
    }

    private static void fenceFormerProducers(Producer<String, byte[]> producer, Runnable keepLease) {
        long until = System.nanoTime() + MAX_FENCING_TIME.toNanos();
        while (true) {
            try {
                producer.initTransactions();
                return;
            } catch (TimeoutException silent) {
                if (System.nanoTime() - until > 0) {
                    throw silent;
                }
                keepLease.run();
            }
        }
    }
}
