package org.voyage.indicators.feature.release;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.common.KafkaException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.voyage.kit.log.WitnessTopic;

/**
 * Witness of the releases on Kafka, with their sheets, which everybody outside may read. A release is written here before
 * the database commits it. So a release that a reader knows is known after any restore of the database, and the next
 * release is compared with it.
 *
 * <p>The sheets of a release come first, its marker last: sheets without a marker are no release. If an attempt to store
 * a release failed behind its marker, the release stands. Of two markers of one number the first one counts.
 */
@ApplicationScoped
class ReleaseWitness {

    private static final String TOPIC = "indicators.release-witness";

    private final WitnessTopic topic;
    private final ObjectMapper json;

    /** A release and its sheets. */
    record WitnessedRelease(FigureRelease release, List<ReleasedSheet> sheets) {

        /** Returns whether the topic has all of its sheets. */
        boolean isComplete() {
            return sheets.size() == release.sheets();
        }
    }

    /** Entry of one sheet. @param attempt id of the attempt to store the release */
    private record SheetEntry(String attempt, ReleasedSheet sheet) {}

    /** Entry of a release whose sheets precede it. */
    private record MarkerEntry(String attempt, long number, String madeAt, String madeBy, int sheets) {}

    ReleaseWitness(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            @ConfigProperty(name = "voyage.outbox.replication", defaultValue = "1") short replication,
            ObjectMapper json) {
        this.topic = new WitnessTopic(TOPIC, kafka, replication);
        this.json = json;
    }

    /**
     * Returns the releases by their numbers.
     *
     * @throws KafkaException if Kafka does not answer in time
     */
    NavigableMap<Long, WitnessedRelease> readReleases() {
        Map<String, List<ReleasedSheet>> sheets = new HashMap<>();
        NavigableMap<Long, MarkerEntry> markers = new TreeMap<>();
        topic.readEntries(Long.MAX_VALUE, entry -> {
            if (entry.key().startsWith("sheet/")) {
                SheetEntry entryOfSheet = parse(entry.value(), SheetEntry.class);
                sheets.computeIfAbsent(entryOfSheet.attempt(), attempt -> new ArrayList<>())
                        .add(entryOfSheet.sheet());
            } else {
                MarkerEntry marker = parse(entry.value(), MarkerEntry.class);
                markers.putIfAbsent(marker.number(), marker);
            }
        });
        NavigableMap<Long, WitnessedRelease> releases = new TreeMap<>();
        markers.forEach((number, marker) ->
                releases.put(number, toRelease(marker, sheets.getOrDefault(marker.attempt(), List.of()))));
        return releases;
    }

    private static WitnessedRelease toRelease(MarkerEntry marker, List<ReleasedSheet> sheets) {
        return new WitnessedRelease(
                new FigureRelease(marker.number(), Instant.parse(marker.madeAt()), marker.madeBy(), marker.sheets()),
                sheets);
    }

    /**
     * Writes a release, and returns once Kafka has it on all replicas in sync.
     *
     * @throws KafkaException if Kafka does not answer in time; then the release may stand nevertheless
     */
    void writeRelease(FigureRelease release, List<ReleasedSheet> sheets) {
        String attempt = UUID.randomUUID().toString();
        try {
            for (ReleasedSheet sheet : sheets) {
                writeEntry(
                        "sheet/" + attempt + "/" + sheet.figure() + "/" + sheet.year(), new SheetEntry(attempt, sheet));
            }
            writeEntry(
                    "release/" + release.number() + "/" + attempt,
                    new MarkerEntry(
                            attempt, release.number(), release.madeAt().toString(), release.madeBy(), sheets.size()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while a release was written to " + TOPIC, e);
        }
    }

    private void writeEntry(String key, Object value) throws InterruptedException {
        try {
            topic.writeEntry(key, json.writeValueAsBytes(value));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private <T> T parse(byte[] value, Class<T> type) {
        try {
            return json.readValue(value, type);
        } catch (IOException e) {
            throw new KafkaException("an entry of " + TOPIC + " cannot be read", e);
        }
    }

    @PreDestroy
    void close() {
        topic.close();
    }
}
