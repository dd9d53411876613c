package org.voyage.bench.streams;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Produced;
import org.jspecify.annotations.Nullable;

/**
 * Kafka Streams application that counts the facts of a log of changes by year, province and country, from its beginning
 * to its current end. It subtracts the state before a change and adds the state after it, exactly once. It ends when
 * its own transactions have moved its offsets to the end, so that all read changes are counted and committed.
 */
public final class CountJob {

    private static final int THREADS = 2;
    private static final ObjectReader JSON = new ObjectMapper().readerFor(Event.class);

    private CountJob() {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Event(
            String province,
            @Nullable State before,
            @Nullable State after) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record State(String nationality, String startedOn) {}

    /**
     * Runs the count.
     *
     * @param arguments bootstrap servers, topic to read, topic to write, folder of state; the name of the latter is new
     */
    public static void main(String[] arguments) throws Exception {
        String servers = arguments[0];
        Properties config = new Properties();
        config.putAll(Map.of(
                StreamsConfig.APPLICATION_ID_CONFIG,
                arguments[2],
                StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
                servers,
                StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
                StreamsConfig.EXACTLY_ONCE_V2,
                StreamsConfig.NUM_STREAM_THREADS_CONFIG,
                THREADS,
                StreamsConfig.STATE_DIR_CONFIG,
                arguments[3],
                StreamsConfig.REPLICATION_FACTOR_CONFIG,
                1,
                StreamsConfig.consumerPrefix("auto.offset.reset"),
                "earliest"));
        CountDownLatch running = new CountDownLatch(1);
        try (KafkaStreams streams = new KafkaStreams(topology(arguments[1], arguments[2]), config);
                Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            streams.setUncaughtExceptionHandler(failure -> {
                failure.printStackTrace();
                System.exit(1);
                return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
            });
            streams.setStateListener((now, before) -> {
                if (now == KafkaStreams.State.RUNNING) {
                    running.countDown();
                }
            });
            Map<TopicPartition, Long> ends = ends(admin, arguments[1]);
            streams.start();
            running.await();
            long start = System.nanoTime();
            while (!committed(admin, arguments[2], ends)) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            System.out.printf(Locale.ROOT, "seconds %.3f%n", (System.nanoTime() - start) / 1e9);
        }
    }

    private static Topology topology(String from, String to) {
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(from, Consumed.with(Serdes.String(), Serdes.ByteArray()))
                .flatMap((key, json) -> effects(json))
                .groupByKey(Grouped.with(Serdes.String(), Serdes.Long()))
                .reduce(Long::sum)
                .toStream()
                .to(to, Produced.with(Serdes.String(), Serdes.Long()));
        return builder.build();
    }

    private static List<KeyValue<String, Long>> effects(byte[] json) {
        try {
            Event event = JSON.readValue(json);
            List<KeyValue<String, Long>> effects = new ArrayList<>(2);
            if (event.before() != null) {
                effects.add(KeyValue.pair(cell(event.province(), event.before()), -1L));
            }
            if (event.after() != null) {
                effects.add(KeyValue.pair(cell(event.province(), event.after()), 1L));
            }
            return effects;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String cell(String province, State state) {
        return state.startedOn().substring(0, 4) + "/" + province + "/" + state.nationality();
    }

    private static Map<TopicPartition, Long> ends(Admin admin, String topic)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> latest =
                admin.describeTopics(List.of(topic)).allTopicNames().get().values().stream()
                        .flatMap(description -> description.partitions().stream())
                        .collect(Collectors.toMap(
                                partition -> new TopicPartition(topic, partition.partition()),
                                partition -> OffsetSpec.latest()));
        return admin.listOffsets(latest).all().get().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().offset()));
    }

    /**
     * Returns whether the application has committed the whole log. The repartition topic must be read to its end too.
     */
    private static boolean committed(Admin admin, String application, Map<TopicPartition, Long> ends)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(application)
                .partitionsToOffsetAndMetadata()
                .get();
        boolean read = ends.entrySet().stream().allMatch(end -> at(committed, end.getKey()) >= end.getValue());
        if (!read) {
            return false;
        }
        String between = committed.keySet().stream()
                .map(TopicPartition::topic)
                .filter(topic -> topic.endsWith("-repartition"))
                .findFirst()
                .orElse("");
        return !between.isEmpty()
                && ends(admin, between).entrySet().stream()
                        // The last transaction markers of each thread are no messages: nothing is read there.
                        .allMatch(end -> at(committed, end.getKey()) >= end.getValue() - THREADS);
    }

    private static long at(Map<TopicPartition, OffsetAndMetadata> committed, TopicPartition partition) {
        OffsetAndMetadata offset = committed.get(partition);
        return offset == null ? 0 : offset.offset();
    }
}
