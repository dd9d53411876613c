package org.voyage.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.LongSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Test of {@code ./voyage backup} and {@code ./voyage restore} with PostgreSQL and Kafka alone. */
class BackupIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(90);
    private static final String TOPIC = "numbers";
    private static final int POSTGRES_PORT_OFFSET = 11;
    private static final int KAFKA_PORT_OFFSET = 10;

    @TempDir
    Path folder;

    private final AtomicLong written = new AtomicLong();

    /**
     * Numbers are committed, published, and noted as published, as events are. The databases of a backup must have each event
     * of its log, and its log each event that they note as published.
     */
    @Test
    void aBackupOfARunningPlatformHasDatabasesAndLogAsOfOneMoment() throws Exception {
        Path data = folder.resolve("data");
        Path backup = folder.resolve("backup");
        Path restored = folder.resolve("restored");
        int port = LauncherProcess.freeBasePort();
        try (LauncherProcess launcher = startLauncher(data, port);
                ExecutorService writer = Executors.newSingleThreadExecutor()) {
            Future<?> writing = writer.submit(() -> {
                writeNumbers(port);
                return null;
            });
            awaitMore(200);
            long before = written.get();

            ProgramResult backedUp = backUp(data, backup);

            assertThat(backedUp.status()).as(backedUp.complained()).isZero();
            awaitMore(50);
            assertThat(writing.isDone()).isFalse();
            writer.shutdownNow();
            launcher.stopProcess();
            assertThat(ProgramResult.run(RestoreCommand.class, backup.toString(), "--data", restored.toString()))
                    .returns(0, ProgramResult::status);
            requireOneMoment(restored, before);
        }
        requireRefusals(backup, restored);
    }

    private void requireOneMoment(Path restored, long before) throws Exception {
        int port = LauncherProcess.freeBasePort();
        try (LauncherProcess launcher = startLauncher(restored, port);
                Connection database = connect(port)) {
            long committed = queryNumber(database, "select max(n) from number");
            long noted = queryNumber(database, "select n from published");
            long published = readLast(port);
            assertThat(noted).isGreaterThanOrEqualTo(before - 1);
            assertThat(published).isBetween(noted, committed);
            launcher.stopProcess();
        }
    }

    private static void requireRefusals(Path backup, Path restored) throws Exception {
        assertThat(ProgramResult.run(RestoreCommand.class, backup.toString(), "--data", restored.toString())
                        .complained())
                .contains("holds the data of a platform");
        assertThat(backUp(restored, backup).complained()).contains("is not empty");
        assertThat(backUp(restored, restored.resolve("inside")).complained()).contains("cannot be in the data folder");
        assertThat(ProgramResult.run(RestoreCommand.class).complained()).contains("wants the folder of a backup");

        Files.writeString(backup.resolve("issuer").resolve("added"), "x");
        Path damaged = backup.resolve("postgres/global/pg_control");
        Files.write(damaged, new byte[] {1}, StandardOpenOption.APPEND);
        Path again = restored.resolveSibling("again");
        assertThat(ProgramResult.run(RestoreCommand.class, backup.toString(), "--data", again.toString()))
                .returns(1, ProgramResult::status)
                .extracting(ProgramResult::complained)
                .asString()
                .startsWith("The backup is damaged");
        try (LauncherProcess launcher = LauncherProcess.start(again, LauncherProcess.freeBasePort())) {
            assertThat(launcher.awaitExitStatus()).isEqualTo(1);
            assertThat(launcher.readOutput()).contains("A restore into " + again + " was interrupted");
        }
    }

    @Test
    void aStoppedPlatformIsBackedUpToo() throws Exception {
        Path data = folder.resolve("data");
        Path backup = folder.resolve("backup");
        int port = LauncherProcess.freeBasePort();
        try (LauncherProcess launcher = startLauncher(data, port)) {
            launcher.stopProcess();
        }

        assertThat(backUp(data, backup)).returns(0, ProgramResult::status);

        Path restored = folder.resolve("restored");
        assertThat(ProgramResult.run(RestoreCommand.class, backup.toString(), "--data", restored.toString()))
                .returns(0, ProgramResult::status);
        try (LauncherProcess launcher = startLauncher(restored, port)) {
            launcher.stopProcess();
        }
    }

    private static ProgramResult backUp(Path data, Path backup) throws Exception {
        return ProgramResult.run(BackupCommand.class, backup.toString(), "--data", data.toString());
    }

    private void writeNumbers(int port) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafkaOf(port)))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
        }
        try (Connection database = connect(port);
                Statement statement = database.createStatement();
                KafkaProducer<Long, Long> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", kafkaOf(port), "acks", "all"),
                        new LongSerializer(),
                        new LongSerializer())) {
            statement.execute("create table number (n bigint primary key, filler text)");
            statement.execute("create table published (n bigint)");
            statement.execute("insert into published values (0)");
            for (long n = 1; !Thread.currentThread().isInterrupted(); n++) {
                statement.execute("insert into number values (" + n + ", repeat('x', 2000))");
                producer.send(new ProducerRecord<>(TOPIC, n, n)).get();
                statement.execute("update published set n = " + n);
                written.set(n);
            }
        }
    }

    private void awaitMore(long count) {
        long reached = written.get() + count;
        await().atMost(TIMEOUT).until(() -> written.get() >= reached);
    }

    private static long readLast(int port) {
        TopicPartition partition = new TopicPartition(TOPIC, 0);
        try (KafkaConsumer<Long, Long> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafkaOf(port)), new LongDeserializer(), new LongDeserializer())) {
            consumer.assign(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            consumer.seek(partition, end - 1);
            return await().atMost(TIMEOUT)
                    .until(() -> consumer.poll(Duration.ofMillis(200)).records(partition), found -> !found.isEmpty())
                    .getLast()
                    .value();
        }
    }

    private static long queryNumber(Connection database, String sql) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static String kafkaOf(int port) {
        return "localhost:" + (port + KAFKA_PORT_OFFSET);
    }

    private static Connection connect(int port) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://localhost:" + (port + POSTGRES_PORT_OFFSET) + "/postgres",
                PostgresNode.SUPERUSER,
                PostgresNode.passwordOf(PostgresNode.SUPERUSER));
    }

    private static LauncherProcess startLauncher(Path data, int basePort) throws Exception {
        LauncherProcess launcher = LauncherProcess.start(data, basePort);
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(launcher.readOutput()).contains("READY"));
        return launcher;
    }
}
