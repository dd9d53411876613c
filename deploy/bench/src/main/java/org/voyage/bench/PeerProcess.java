package org.voyage.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Process of another system that counts the log, with the heap of the service; it writes to a topic. */
class PeerProcess {

    private static final Duration POLL_TIMEOUT = Duration.ofMillis(200);
    private static final Pattern SECONDS_LINE = Pattern.compile("(?m)^seconds (\\d+\\.\\d+)$");
    private static final Pattern FLINK_MESSAGE = Pattern.compile(
            "\\{\"started\":\"(\\d+)\",\"province\":\"(\\d+)\",\"country\":\"([A-Z]+)\",\"facts\":(-?\\d+)}");

    private final String name;
    private final BenchKafka kafka;
    private final Path project;
    private final Path folder;
    private final CountReader reading;
    private final String[] how;

    /**
     * Parser of a peer's count message, which adds to or replaces the count of its cell, {@code year/province/country}.
     */
    interface CountReader {
        void takeMessage(ConsumerRecord<String, byte[]> message, Map<String, Long> counts);
    }

    /**
     * Creates a peer.
     *
     * @param how further arguments of its process
     */
    PeerProcess(String name, BenchKafka kafka, Path project, Path folder, CountReader reading, String... how) {
        this.name = name;
        this.kafka = kafka;
        this.project = project;
        this.folder = folder;
        this.reading = reading;
        this.how = how;
    }

    static void addFlinkCount(ConsumerRecord<String, byte[]> message, Map<String, Long> counts) {
        if (message.value() == null) {
            return;
        }
        String json = new String(message.value(), StandardCharsets.UTF_8);
        Matcher count = FLINK_MESSAGE.matcher(json);
        if (!count.matches()) {
            throw new IllegalStateException("not a count of Flink: " + json);
        }
        counts.put(count.group(1) + "/" + count.group(2) + "/" + count.group(3), Long.parseLong(count.group(4)));
    }

    static void addStreamsCount(ConsumerRecord<String, byte[]> message, Map<String, Long> counts) {
        counts.put(message.key(), ByteBuffer.wrap(message.value()).getLong());
    }

    /**
     * Runs the peer once over the log.
     *
     * @return the peer's own measurement, from its start
     * @throws IllegalStateException when it fails, or its counts are not the expected ones
     */
    double measureSeconds(int round, Map<String, Long> exact) throws Exception {
        String topic = "bench." + name + (how.length == 0 ? "" : "." + String.join(".", how)) + "." + round;
        kafka.createTopic(topic);
        Path state = Files.createDirectories(folder.resolve(topic));
        String said = runProcess(topic, state);
        Matcher seconds = SECONDS_LINE.matcher(said);
        if (!seconds.find()) {
            throw new IllegalStateException(name + " does not say how long it took: " + said);
        }
        IndicatorsService.requireEqualCounts(name, readCounts(topic), exact);
        return Double.parseDouble(seconds.group(1));
    }

    private String runProcess(String topic, Path state) throws IOException, InterruptedException {
        Path module = project.resolve("deploy/bench").resolve(name);
        Path output = folder.resolve(topic + ".log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                FiguresBench.HEAP_OPTION,
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "-cp",
                module.resolve("target/classes") + ":" + Files.readString(module.resolve("target/classpath"))));
        command.addAll(List.of(
                "org.voyage.bench." + name + ".CountJob",
                kafka.servers(),
                EnrolmentLog.TOPIC,
                topic,
                name.equals("flink") ? state.toUri().toString() : state.toString()));
        command.addAll(List.of(how));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(process::destroyForcibly));
        int exit = process.waitFor();
        String said = Files.readString(output);
        if (exit != 0) {
            throw new IllegalStateException(name + " ended with " + exit + ": " + said);
        }
        return said;
    }

    /** Returns the newest count of each cell, without zeros. */
    private Map<String, Long> readCounts(String topic) {
        Map<String, Long> counts = new HashMap<>();
        try (KafkaConsumer<String, byte[]> consumer = kafka.openConsumer()) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream()
                    .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
                consumer.poll(POLL_TIMEOUT).forEach(message -> reading.takeMessage(message, counts));
            }
        }
        counts.values().removeIf(count -> count == 0);
        return counts;
    }
}
