package org.voyage.local;

import java.io.FileReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.Kafka;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * Main class of a {@link KafkaNode}'s process: it formats the log folder at its first start and then runs Kafka's own
 * broker.
 */
final class KafkaBrokerMain {
    private KafkaBrokerMain() {}

    /** Runs the broker with the path of a {@code server.properties}. */
    public static void main(String[] arguments) throws Exception {
        Properties properties = new Properties();
        try (FileReader file = new FileReader(arguments[0], StandardCharsets.UTF_8)) {
            properties.load(file);
        }
        Path log = Path.of(properties.getProperty("log.dirs"));
        if (!Files.exists(log.resolve("meta.properties"))) {
            formatLogFolder(log, Integer.parseInt(properties.getProperty("node.id")));
        }
        Kafka.main(arguments);
    }

    // meta.properties is written last and in one step: a crash before it leads here again.
    private static void formatLogFolder(Path log, int nodeId) throws Exception {
        Files.createDirectories(log);
        new Formatter()
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(nodeId)
                .setDirectories(java.util.List.of(log.toString()))
                .setMetadataLogDirectory(log.toString())
                .setControllerListenerName("CONTROLLER")
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setIgnoreFormatted(true)
                .setPrintStream(System.out)
                .run();
    }
}
