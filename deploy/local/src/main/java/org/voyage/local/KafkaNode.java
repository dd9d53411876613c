package org.voyage.local;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/**
 * Kafka broker (KRaft, one node, no replicas) with its data in a folder of this machine. Every append is on disk before
 * its acknowledgement, so it survives kill -9 and a power cut. The broker listens on the loopback address only and
 * restarts when it dies. It may have a second listener, for alliances.
 */
public final class KafkaNode implements AutoCloseable {
    /** JVM options for days of work with large topics. */
    private static final List<String> JVM_OPTIONS =
            List.of("-Xmx512m", "-XX:+ExitOnOutOfMemoryError", "-XX:+UseG1GC", "-XX:TieredStopAtLevel=4");
    /** JVM options for some minutes with small topics: the broker starts sooner. */
    private static final List<String> SHORT_LIVED_JVM =
            List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(90);

    private final Path folder;
    private final int port;
    private final int controllerPort;
    private final Optional<AllianceListener> alliances;
    private final boolean durable;
    private final ProcessSupervisor broker;

    private KafkaNode(
            Path folder,
            int port,
            int controllerPort,
            Optional<AllianceListener> alliances,
            boolean durable,
            Duration startLimit) {
        this.folder = folder;
        this.port = port;
        this.controllerPort = controllerPort;
        this.alliances = alliances;
        this.durable = durable;
        this.broker = new ProcessSupervisor(new PlatformPart(
                "Kafka",
                this::command,
                // Not as an argument: its length would hide the rest of the command in ps.
                Map.of("CLASSPATH", System.getProperty("java.class.path")),
                folder.resolveSibling("logs").resolve("kafka.log"),
                this::isAnswering,
                new StartPatience(LONGEST_SILENCE, startLimit),
                "TERM"));
    }

    /**
     * Starts a broker on {@code folder}, which is formatted at the first start. Logs go to {@code ../logs/kafka.log}.
     *
     * @param controllerPort port of the quorum, used by the node itself only
     * @throws StartFailedException with one sentence for people
     */
    public static KafkaNode start(Path folder, int port, int controllerPort) {
        return start(folder, port, controllerPort, Optional.empty(), true, StartPatience.DEFAULT_TOTAL);
    }

    /** Starts a broker that alliances reach, too, within a time limit. */
    static KafkaNode start(Path folder, int port, int controllerPort, AllianceListener alliances, Duration startLimit) {
        return start(folder, port, controllerPort, Optional.of(alliances), true, startLimit);
    }

    /** Starts a broker for some minutes and for data that a crash may lose: no write waits for the disk. */
    static KafkaNode startNonDurable(Path folder, int port, int controllerPort, AllianceListener alliances) {
        return start(folder, port, controllerPort, Optional.of(alliances), false, StartPatience.DEFAULT_TOTAL);
    }

    private static KafkaNode start(
            Path folder,
            int port,
            int controllerPort,
            Optional<AllianceListener> alliances,
            boolean durable,
            Duration startLimit) {
        KafkaNode node = new KafkaNode(
                folder.toAbsolutePath().normalize(), port, controllerPort, alliances, durable, startLimit);
        node.broker.startProcess();
        return node;
    }

    private List<String> command() {
        List<String> command = new ArrayList<>(List.of(SystemPrograms.javaProgram()));
        command.addAll(durable && !SystemPrograms.SHORT_RUN ? JVM_OPTIONS : SHORT_LIVED_JVM);
        alliances.map(AllianceListener::jvmOption).ifPresent(command::add);
        command.addAll(List.of(
                "-XX:MaxDirectMemorySize=256m",
                "-Djava.util.logging.SimpleFormatter.format=%1$tFT%1$tT.%1$tL %4$s %3$s %5$s%6$s%n",
                KafkaBrokerMain.class.getName(),
                writeProperties().toString()));
        return command;
    }

    private Path writeProperties() {
        Properties properties = new Properties();
        // Until the broker has registered, the log names the address of its last start. In a copied log that is another
        // broker's, which may run. Without a listener of this name there the broker sends it no ends of transactions.
        String inside = "INSIDE" + port;
        properties.putAll(Map.of(
                "process.roles",
                "broker,controller",
                "node.id",
                "1",
                "controller.quorum.voters",
                "1@127.0.0.1:" + controllerPort,
                "listeners",
                inside + "://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort
                        + alliances.map(each -> "," + each.address()).orElse(""),
                "advertised.listeners",
                inside + "://localhost:" + port
                        + alliances.map(each -> "," + each.advertisedAddress()).orElse(""),
                "inter.broker.listener.name",
                inside,
                "listener.security.protocol.map",
                inside + ":PLAINTEXT,CONTROLLER:PLAINTEXT"
                        + alliances.map(each -> "," + each.protocol()).orElse(""),
                "controller.listener.names",
                "CONTROLLER",
                "log.dirs",
                folder.resolve("log").toString(),
                "auto.create.topics.enable",
                "false"));
        alliances.map(AllianceListener::settings).ifPresent(properties::putAll);
        if (durable) {
            // On disk before the acknowledgement.
            properties.put("log.flush.interval.messages", "1");
        }
        // A log is never cut unless its topic asks for it.
        properties.putAll(Map.of("log.retention.ms", "-1", "log.cleaner.dedupe.buffer.size", "16777216"));
        // One node has one replica of each partition, and its readers need not wait for others to join.
        properties.putAll(Map.of(
                "offsets.topic.replication.factor", "1",
                "offsets.topic.num.partitions", "4",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "transaction.state.log.num.partitions", "4",
                "share.coordinator.state.topic.replication.factor", "1",
                "share.coordinator.state.topic.min.isr", "1",
                "group.initial.rebalance.delay.ms", "0",
                "message.max.bytes", "4194304"));
        // A transaction that follows at once waits until the last one has ended; 20 ms by default.
        properties.put("add.partitions.to.txn.retry.backoff.ms", "2");
        // After kill -9 a broker reads again each segment that may not be on disk, which is at least the last one of
        // each partition. With segments of a gigabyte that is the whole log.
        properties.putAll(Map.of(
                "log.segment.bytes",
                "8388608",
                "log.flush.offset.checkpoint.interval.ms",
                "5000",
                // Room for twenty times the entries of such a segment. A backup copies the file of each partition.
                "log.index.size.max.bytes",
                "524288"));
        // Time that a broker waits after kill -9 for the expiry of its previous session.
        properties.putAll(Map.of("broker.session.timeout.ms", "4000", "broker.heartbeat.interval.ms", "500"));
        try {
            Files.createDirectories(folder);
            StringWriter text = new StringWriter();
            properties.store(text, null);
            return Files.writeString(folder.resolve("server.properties"), text.toString());
        } catch (IOException e) {
            throw new StartFailedException(
                    "Kafka's data folder " + folder + " cannot be written: " + e.getMessage() + ".", e);
        }
    }

    private boolean isAnswering() {
        if (!LoopbackPorts.isAnswering(port)) {
            return false;
        }
        try (Admin admin = Admin.create(Map.of(
                "bootstrap.servers", bootstrapServers(), "request.timeout.ms", 3000, "default.api.timeout.ms", 4000))) {
            return !admin.describeCluster().nodes().get(5, TimeUnit.SECONDS).isEmpty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    public String bootstrapServers() {
        return "localhost:" + port;
    }

    /** Returns where alliances reach the broker; empty if they do not. */
    Optional<String> allianceServers() {
        return alliances.map(AllianceListener::bootstrapServers);
    }

    public long pid() {
        return broker.pid();
    }

    /** Kills the broker like a crash; it restarts by itself. */
    public void killProcess() {
        broker.killProcess();
    }

    /** Restarts the broker and returns the time from its start until it answered. */
    public Duration restartBroker() {
        return broker.restartProcess();
    }

    /** Stops the broker in order, runs {@code meanwhile} and starts the broker again. */
    void restartBroker(Runnable meanwhile) {
        broker.restartProcess(meanwhile);
    }

    public void awaitReady() {
        broker.awaitReady();
    }

    @Override
    public void close() {
        broker.close();
    }
}
