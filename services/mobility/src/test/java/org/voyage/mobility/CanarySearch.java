package org.voyage.mobility;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.voyage.kittest.KafkaTopicReader;
import org.voyage.kittest.TestServers;

/** Search for the canary's values in all places other than the service's answers. */
final class CanarySearch {

    private CanarySearch() {}

    /**
     * Searches the topics. It waits first until each of the given keys of written records has arrived in one of them.
     */
    static void searchTopics(List<String> topics, List<String> told) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(
                                topics.stream().flatMap(topic -> KafkaTopicReader.readAll(topic).stream()))
                        .extracting(ConsumerRecord::key)
                        .containsAll(told));
        for (String topic : topics) {
            for (ConsumerRecord<String, byte[]> event : KafkaTopicReader.readAll(topic)) {
                PersonalDataCanary.assertSilent(
                        topic + " " + event.key() + " " + new String(event.value(), StandardCharsets.UTF_8));
                event.headers()
                        .forEach(header ->
                                PersonalDataCanary.assertSilent(new String(header.value(), StandardCharsets.UTF_8)));
            }
        }
    }

    /** Searches all tables; the encrypted table too must be unreadable. */
    static void searchTables() throws SQLException {
        try (Connection owner = TestServers.connect("voyage", TestServers.ownerOf("voyage"), "all")) {
            List<String> tables = new ArrayList<>();
            try (Statement statement = owner.createStatement();
                    ResultSet row = statement.executeQuery("select format('%I.%I', table_schema, table_name)"
                            + " from information_schema.tables where table_type = 'BASE TABLE'"
                            + " and table_schema not in ('pg_catalog', 'information_schema')")) {
                while (row.next()) {
                    tables.add(row.getString(1));
                }
            }
            assertThat(tables)
                    .contains(
                            "public.student_personal",
                            "public.batch_refusal",
                            "public.audit_entry",
                            "public.idempotency_key");
            for (String table : tables) {
                searchTable(owner, table);
            }
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

    /** Requires an empty spool after the batches have ended, because spooled files may be compressed. */
    static void requireNothingSpooled(Path folder, List<String> batches) throws IOException {
        if (Files.exists(folder)) {
            // Other services of this machine may use the folder too.
            try (Stream<Path> files = Files.walk(folder)) {
                assertThat(files.map(file -> file.getFileName().toString()))
                        .noneMatch(name -> batches.stream().anyMatch(name::contains));
            }
        }
    }
}
