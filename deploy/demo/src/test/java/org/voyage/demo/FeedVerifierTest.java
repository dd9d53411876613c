package org.voyage.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Unit test of the sample in Java. The examples of the contract are one feed, with the signature of a laptop's key. */
class FeedVerifierTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path EXAMPLES = Path.of("../../contracts/feeds/events/examples");
    private static final String KEY = "cTjQDLlLfUabNJmwv6k9zXijWVGRybAhFOdiRJMHLH0";
    private static final String LAST_OF_EPOCH = "1-0000000000000043";

    @TempDir
    Path folder;

    private FeedVerifier verifier;
    private FeedCopy copy;

    @BeforeEach
    void begin() {
        verifier = newVerifier(KEY);
        copy = new FeedCopy(folder);
    }

    @Test
    void the_examples_of_the_contract_are_a_feed_without_a_gap() {
        readFeed().forEach(event -> assertThat(verifier.accept(event, copy)).isTrue());

        assertThat(copy.position()).contains("2-0000000000000001");
        assertThat(copy.records()).as("after the reset").isEmpty();
    }

    @Test
    void events_in_any_order_and_twice_make_the_same_copy_also_after_a_restart_between_them() {
        List<JsonNode> events = readFeed().subList(0, 43);
        events.forEach(event -> verifier.accept(event, copy));
        assertThat(copy.records()).hasSize(6);
        List<JsonNode> shuffled = new ArrayList<>(events);
        shuffled.addAll(events.subList(0, 20));
        Collections.shuffle(shuffled, new Random(7));

        for (JsonNode event : shuffled) {
            FeedCopy stored = new FeedCopy(folder);
            verifier.acceptInAnyOrder(event, stored);
            stored.save();
        }

        FeedCopy stored = new FeedCopy(folder);
        assertThat(stored.position()).contains(LAST_OF_EPOCH);
        assertThat(stored.records()).isEqualTo(copy.records());
        assertThat(stored.hasWaiting()).isFalse();
    }

    @Test
    void a_gap_changed_data_another_chain_and_a_foreign_checkpoint_are_refused() {
        List<JsonNode> events = readFeed();
        JsonNode first = events.getFirst();

        assertBroken(events.get(1), "a gap");
        assertBroken(change(first, "/data", "kind", "corrected"), "do not match their digest");
        assertBroken(change(first, "", "chain", events.get(1).path("chain").asText()), "the chain breaks");
        events.subList(0, 42).forEach(event -> verifier.accept(event, copy));
        verifier = newVerifier("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
        assertBroken(events.get(42), "does not hold");
    }

    @Test
    void a_copy_that_starts_again_from_a_snapshot_is_verified_from_its_first_event_on() {
        List<JsonNode> events = readFeed();
        JsonNode checkpoint = events.get(42);
        copy.records().put("overseas-school/gone", JSON.createObjectNode());
        copy.startFrom(events.get(19).path("id").asText(), Map.of());
        copy.save();
        copy = new FeedCopy(folder);
        events.subList(20, 42).forEach(event -> verifier.accept(event, copy));

        assertBroken(change(checkpoint, "", "chain", events.get(1).path("chain").asText()), "the chain breaks");
        assertThat(verifier.accept(checkpoint, copy)).isTrue();
        assertThat(copy.records()).isNotEmpty().doesNotContainKey("overseas-school/gone");

        copy.startFrom(events.get(41).path("id").asText(), Map.of());
        assertBroken(change(checkpoint, "", "chain", events.get(1).path("chain").asText()), "the chain breaks");
        assertThat(verifier.accept(checkpoint, copy)).isTrue();
    }

    @Test
    void withheld_data_delete_the_record_and_keep_the_chain() {
        JsonNode withheld = read(EXAMPLES.resolve("overseas-school.created-withheld.json"));
        JsonNode corrected = read(EXAMPLES.resolve("overseas-school.corrected.json"));
        copy.records().put(withheld.path("subject").asText(), JSON.createObjectNode());

        verifier.accept(withheld, copy);
        assertThat(copy.records()).isEmpty();

        verifier.accept(corrected, copy);
        assertThat(copy.position()).contains("1-0000000000000002");
    }

    private void assertBroken(JsonNode event, String message) {
        assertThatThrownBy(() -> verifier.accept(event, copy))
                .isInstanceOf(FeedVerifier.BrokenFeedException.class)
                .hasMessageContaining(message);
    }

    private static JsonNode change(JsonNode event, String place, String name, String value) {
        JsonNode changed = event.deepCopy();
        ((ObjectNode) changed.at(place)).put(name, value);
        return changed;
    }

    private static FeedVerifier newVerifier(String key) {
        ObjectNode keys = JSON.createObjectNode();
        keys.putArray("keys").addObject().put("kid", "1").put("x", key);
        return new FeedVerifier(keys);
    }

    private static List<JsonNode> readFeed() {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files.filter(file -> !file.toString().contains("withheld"))
                    .map(FeedVerifierTest::read)
                    .sorted(Comparator.comparing(event -> event.path("id").asText()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode read(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
