package org.voyage.feeds.topic;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.Stores;

/** Table of Kafka Streams over a topic of states, as an alliance runs it with its own client. */
final class StateTable implements AutoCloseable {

    private static final String STORE = "states";

    private final KafkaStreams streams;

    StateTable(String alliance, String name, String topic, Path folder) {
        Properties properties = new Properties();
        properties.putAll(AllianceKafkaClient.settings("alliance-" + alliance));
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "feeds." + alliance + "." + name);
        properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        // The topic itself restores the table: an alliance creates no topic.
        properties.put(StreamsConfig.TOPOLOGY_OPTIMIZATION_CONFIG, StreamsConfig.OPTIMIZE);
        properties.put(StreamsConfig.consumerPrefix("isolation.level"), "read_committed");
        properties.put(StreamsConfig.producerPrefix("enable.idempotence"), "false");
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, "200");
        StreamsBuilder builder = new StreamsBuilder();
        builder.table(
                topic,
                Consumed.with(Serdes.String(), Serdes.ByteArray()),
                Materialized.<String, byte[]>as(Stores.inMemoryKeyValueStore(STORE))
                        .withKeySerde(Serdes.String())
                        .withValueSerde(Serdes.ByteArray()));
        this.streams = new KafkaStreams(builder.build(properties), properties);
        streams.setUncaughtExceptionHandler(failure -> StreamThreadExceptionResponse.REPLACE_THREAD);
        streams.start();
    }

    /** Returns the values by key; empty until the table is there. */
    Map<String, String> read() {
        Map<String, String> states = new TreeMap<>();
        try (KeyValueIterator<String, byte[]> all = streams.store(StoreQueryParameters.fromNameAndType(
                        STORE, QueryableStoreTypes.<String, byte[]>keyValueStore()))
                .all()) {
            all.forEachRemaining(each -> states.put(each.key, new String(each.value, StandardCharsets.UTF_8)));
        } catch (InvalidStateStoreException e) {
            return Map.of();
        }
        return states;
    }

    @Override
    public void close() {
        streams.close(Duration.ofSeconds(5));
    }
}
