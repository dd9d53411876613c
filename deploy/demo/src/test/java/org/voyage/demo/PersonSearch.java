package org.voyage.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Search for the demo's fictitious students in all places where no person may be readable. Each search returns its
 * extent.
 */
final class PersonSearch {

    /** Marks: every name, passport number and date of birth of the demo contains one. */
    private static final List<String> PERSONAL_MARKERS =
            List.of("示例学生", "Example Student", "EXAMPLE0", "1985-01-", "1984-02-29");

    private static final Set<String> STUDENT_FIGURES =
            Set.of("inbound-students", "inbound-majors", "inbound-nationalities");

    private final List<RecordRow> students = DemoHistory.readHistory()
            .rowsOf(DemoRecordType.ENROLMENTS)
            .filter(row -> row.fields().containsKey("name"))
            .toList();

    PersonSearch() {
        assertThat(students).isNotEmpty().allSatisfy(student -> {
            assertThat(student.text("name")).contains(PERSONAL_MARKERS.get(0), PERSONAL_MARKERS.get(1));
            assertThat(student.text("passportNumber")).startsWith(PERSONAL_MARKERS.get(2));
            assertThat(PERSONAL_MARKERS).anyMatch(student.text("birthDate")::startsWith);
        });
    }

    /** Returns the record keys as in events and evidence. */
    Set<String> keys() {
        return students.stream()
                .map(student -> student.province() + "/" + student.sourceId())
                .collect(Collectors.toSet());
    }

    /**
     * Searches all topics.
     *
     * @return the keys of all events of all topics
     */
    Set<String> searchTopics(String servers) {
        Set<String> keys = new HashSet<>();
        Map<String, Object> config =
                Map.of("bootstrap.servers", servers, "enable.auto.commit", false, "auto.offset.reset", "none");
        try (var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.listTopics().values().stream()
                    .flatMap(List::stream)
                    .filter(found -> !found.topic().startsWith("__"))
                    .map(found -> new TopicPartition(found.topic(), found.partition()))
                    .toList();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (partitions.stream()
                    .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
                for (ConsumerRecord<String, byte[]> event : consumer.poll(Duration.ofMillis(200))) {
                    keys.add(event.key());
                    requireSilent(event.topic(), event.key() + " " + toText(event.value()));
                    event.headers().forEach(header -> requireSilent(event.topic(), toText(header.value())));
                }
            }
        }
        return keys;
    }

    /**
     * Searches the log files.
     *
     * @return the names of the files
     */
    List<String> searchLogs(Path folder) throws IOException {
        List<String> names = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = file.getFileName().toString();
                requireSilent(name, toText(Files.readAllBytes(file)));
                names.add(name);
            }
        }
        return names;
    }

    /**
     * Searches values by every dimension of the figures that count students from abroad.
     *
     * @return the number of answers
     */
    int searchValues(ApiClient api) {
        int answers = 0;
        for (JsonNode figure : getJson(api, "/v1/indicators").path("items")) {
            String code = figure.path("code").asText();
            if (STUDENT_FIGURES.contains(code)) {
                for (JsonNode dimension : figure.path("dimensions")) {
                    getJson(api, "/v1/indicators/" + code + "/values?by=year," + dimension.asText());
                    answers++;
                }
            }
        }
        return answers;
    }

    /**
     * Searches the evidence of the number of students in a year.
     *
     * @return the keys of the records
     */
    Set<String> searchEvidence(ApiClient api, int year) {
        Set<String> keys = new HashSet<>();
        String path = "/v1/indicators/inbound-students/evidence?limit=1000&period=" + year;
        JsonNode page = getJson(api, path);
        while (true) {
            page.path("items")
                    .forEach(item -> keys.add(item.path("province").asText() + "/"
                            + item.path("sourceId").asText()));
            if (!page.path("next").isTextual()) {
                return keys;
            }
            page = getJson(
                    api, path + "&cursor=" + ApiClient.encode(page.path("next").asText()));
        }
    }

    private static JsonNode getJson(ApiClient api, String path) {
        ApiResponse answer =
                api.get("operator", api.endpoints().indicators(), path).requireOk();
        requireSilent(path, answer.headers() + " " + toText(answer.body()));
        return answer.parseJson();
    }

    private static void requireSilent(String where, String text) {
        for (String sign : PERSONAL_MARKERS) {
            assertThat(text.contains(sign))
                    .as(() -> "%s says %s: %s".formatted(where, sign, text))
                    .isFalse();
        }
    }

    private static String toText(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
