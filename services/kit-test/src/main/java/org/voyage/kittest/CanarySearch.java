package org.voyage.kittest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;

/** Search for the canary's values in all places other than the service's answers. */
public final class CanarySearch {

    private CanarySearch() {}

    /**
     * Searches the topics. It waits first until each of the given keys of written records has arrived in one of them.
     */
    public static void searchTopics(List<String> topics, List<String> told) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(
                                topics.stream().flatMap(topic -> KafkaTopicReader.readAll(topic).stream()))
                        .extracting(ConsumerRecord::key)
                        .containsAll(told));
        topics.forEach(CanarySearch::searchTopic);
    }

    /** Searches everything that a topic holds by now. */
    static void searchTopic(String topic) {
        for (ConsumerRecord<String, byte[]> event : KafkaTopicReader.readAll(topic)) {
            PersonalDataCanary.assertSilent(
                    topic + " " + event.key() + " " + new String(event.value(), StandardCharsets.UTF_8));
            event.headers()
                    .forEach(header ->
                            PersonalDataCanary.assertSilent(new String(header.value(), StandardCharsets.UTF_8)));
        }
    }

    /** Searches all tables of all databases of services with records; the encrypted table too must be unreadable. */
    public static void searchTables() throws SQLException {
        searchTables(List.of("public.batch_refusal", "public.audit_entry", "public.idempotency_key"));
    }

    /** @param expected some of the tables that the search must find */
    static void searchTables(List<String> expected) throws SQLException {
        Set<String> searched = new HashSet<>();
        for (String database : TestServers.DATABASES) {
            searched.addAll(searchTables(database));
        }
        assertThat(searched).containsAll(expected);
    }

    private static List<String> searchTables(String database) throws SQLException {
        try (Connection owner = TestServers.connect(database, TestServers.ownerOf(database), "all")) {
            List<String> tables = new ArrayList<>();
            try (Statement statement = owner.createStatement();
                    ResultSet row = statement.executeQuery("select format('%I.%I', table_schema, table_name)"
                            + " from information_schema.tables where table_type = 'BASE TABLE'"
                            + " and table_schema not in ('pg_catalog', 'information_schema')")) {
                while (row.next()) {
                    tables.add(row.getString(1));
                }
            }
            for (String table : tables) {
                searchTable(owner, table);
            }
            return tables;
        }
    }

    private static void searchTable(Connection owner, String table) throws SQLException {
        try (Statement statement = owner.createStatement();
                ResultSet row = statement.executeQuery("select t::text from " + table + " t")) {
            while (row.next()) {
                PersonalDataCanary.assertSilent(table + ": " + row.getString(1));
            }
        }
    }

    /**
     * Searches the files of PostgreSQL and its log after a checkpoint. They keep rows of transactions that were rolled
     * back, and old versions of rows, in readable form.
     *
     * @param known a value that was stored in clear, which the search must find
     */
    public static void searchDatabaseFiles(String known) throws SQLException, IOException {
        try (Connection server = TestServers.connect("postgres", "postgres", "")) {
            TestServers.runSql(server, "checkpoint");
        }
        List<byte[]> sought = PersonalDataCanary.readableValues().stream()
                .map(value -> value.getBytes(StandardCharsets.UTF_8))
                .toList();
        boolean found = false;
        for (String part : List.of("postgres", "logs")) {
            try (Stream<Path> files = Files.walk(TestServers.folder().resolve(part))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    found |= searchFile(file, sought, known);
                }
            }
        }
        assertThat(found).as("a value that is there is found").isTrue();
    }

    private static boolean searchFile(Path file, List<byte[]> sought, String known) throws IOException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            // The server has removed it in the meantime.
            return false;
        }
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        for (byte[] value : sought) {
            int at = text.indexOf(new String(value, StandardCharsets.ISO_8859_1));
            if (at >= 0) {
                String around = new String(
                        bytes,
                        Math.max(0, at - 200),
                        Math.min(bytes.length - Math.max(0, at - 200), 400),
                        StandardCharsets.UTF_8);
                throw new AssertionError(file + " contains " + new String(value, StandardCharsets.UTF_8) + " at " + at
                        + ": " + around.replaceAll("\\p{Cntrl}", "."));
            }
        }
        return text.contains(known);
    }

    /** Requires an empty spool after the batches have ended, because spooled files may be compressed. */
    public static void requireNothingSpooled(Path folder, List<String> batches) throws IOException {
        if (Files.exists(folder)) {
            // Other services of this machine may use the folder too.
            try (Stream<Path> files = Files.walk(folder)) {
                assertThat(files.map(file -> file.getFileName().toString()))
                        .noneMatch(name -> batches.stream().anyMatch(name::contains));
            }
        }
    }
}
