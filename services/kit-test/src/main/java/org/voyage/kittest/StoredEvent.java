package org.voyage.kittest;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.util.ClassPathUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Event as a service of a release has written it to Kafka ({@code contracts/events/stored}). It stays in the topics, so every
 * later version reads it.
 *
 * @param release that wrote it, e.g. {@code 0.2.0}
 * @param topic e.g. {@code overseas.overseas-school}
 * @param key of the message
 * @param headers of the message, with the attributes of the event
 * @param value of the message, a JSON object
 */
public record StoredEvent(String release, String topic, String key, Map<String, String> headers, String value) {

    private static final String FOLDER = "contracts/events/stored";
    private static final String FILE_END = ".ndjson";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Returns the stored events of all releases. */
    public static List<StoredEvent> readAll() {
        List<StoredEvent> events = new ArrayList<>();
        try {
            ClassPathUtils.consumeAsPaths(FOLDER, folder -> {
                try (Stream<Path> files = Files.walk(folder)) {
                    for (Path file : files.filter(each -> each.toString().endsWith(FILE_END))
                            .sorted()
                            .toList()) {
                        events.addAll(readFile(file));
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return events;
    }

    private static List<StoredEvent> readFile(Path file) throws IOException {
        String release = file.getName(file.getNameCount() - 2).toString();
        String topic = file.getFileName().toString().replace(FILE_END, "");
        List<StoredEvent> events = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            JsonNode event = JSON.readTree(line);
            events.add(new StoredEvent(
                    release,
                    topic,
                    event.path("key").asText(),
                    JSON.convertValue(event.path("headers"), new TypeReference<>() {}),
                    event.path("value").asText()));
        }
        return events;
    }

    /** Returns the record of the topic, e.g. {@code overseas-school}. */
    public String record() {
        return topic.substring(topic.indexOf('.') + 1);
    }

    @Override
    public String toString() {
        return release + " " + topic + " " + key;
    }
}
