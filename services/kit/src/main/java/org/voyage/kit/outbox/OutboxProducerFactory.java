package org.voyage.kit.outbox;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Factory of the relay's producer: durable, in order, without expiry (an event waits for Kafka). A call of the producer
 * blocks for a third of the lease at most. The relay can therefore renew its lease in time, whatever Kafka does.
 */
@ApplicationScoped
class OutboxProducerFactory {

    /** Memory of events that Kafka has not acknowledged; {@link OutboxPublisher} never fills it. */
    private static final long BUFFER_BYTES = 40L * 1024 * 1024;

    /** Time after which a broker that is silent counts as lost. */
    private static final int REQUEST_TIMEOUT_MILLIS = 10_000;

    private static final int CONNECTION_TIMEOUT_MILLIS = 3_000;

    private final String servers;
    private final OutboxConfig config;

    OutboxProducerFactory(@ConfigProperty(name = "kafka.bootstrap.servers") String servers, OutboxConfig config) {
        this.servers = servers;
        this.config = config;
    }

    Producer<String, byte[]> openProducer() {
        return new KafkaProducer<>(
                Map.ofEntries(
                        Map.entry(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers),
                        Map.entry(ProducerConfig.CLIENT_ID_CONFIG, "outbox-" + config.service()),
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
                        Map.entry(
                                ProducerConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG,
                                CONNECTION_TIMEOUT_MILLIS),
                        Map.entry(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE),
                        Map.entry(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000)),
                new StringSerializer(),
                new ByteArraySerializer());
    }
}
