package org.voyage.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Unit test of the copy in Java. The examples of the contract are one feed, with the signature of a laptop's key. */
class FeedCopyTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LAST_OF_EPOCH = "1-0000000000000043";

    @TempDir
    Path folder;

    private FeedVerifier verifier;
    private FeedCopy copy;

    @BeforeEach
    void begin() {
        verifier = new FeedVerifier(ExampleFeed.keys(ExampleFeed.KEY));
        copy = new FeedCopy(folder);
    }

    @Test
    void the_examples_of_the_contract_are_a_feed_without_a_gap() {
        ExampleFeed.readEvents()
                .forEach(event -> assertThat(copy.accept(event, verifier)).isTrue());

        assertThat(copy.position()).contains("2-0000000000000001");
        assertThat(copy.records()).as("after the reset").isEmpty();
    }

    @Test
    void events_that_come_twice_make_the_same_copy_also_after_a_restart_between_them() {
        List<JsonNode> events = ExampleFeed.readEvents().subList(0, 43);
        events.forEach(event -> copy.accept(event, verifier));
        assertThat(copy.records()).hasSize(6);

        for (JsonNode event : events) {
            FeedCopy stored = new FeedCopy(folder);
            assertThat(stored.accept(event, verifier)).isTrue();
            assertThat(stored.accept(event, verifier)).isFalse();
            stored.save();
        }

        FeedCopy stored = new FeedCopy(folder);
        assertThat(stored.position()).contains(LAST_OF_EPOCH);
        assertThat(stored.records()).isEqualTo(copy.records());
    }

    @Test
    void a_gap_changed_data_another_chain_and_a_foreign_checkpoint_are_refused_and_change_nothing() {
        List<JsonNode> events = ExampleFeed.readEvents();
        JsonNode first = events.get(0);

        assertBroken(events.get(1), "a gap");
        assertBroken(change(first, "/data", "kind", "corrected"), "do not match their digest");
        assertBroken(change(first, "", "chain", events.get(1).path("chain").asText()), "the chain breaks");
        assertBroken(change(first, "", "op", "delete"), "does not fit its data");
        assertBroken(change(first, "", "op", "reset"), "does not fit its data");
        assertThat(copy.position()).isEmpty();
        events.subList(0, 42).forEach(event -> copy.accept(event, verifier));
        Map<String, JsonNode> records = Map.copyOf(copy.records());
        assertBroken(change(events.get(42), "/data", "time", "2026-11-28T10:43:01Z"), "do not match their digest");
        verifier = new FeedVerifier(ExampleFeed.keys("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));
        assertBroken(events.get(42), "does not hold");
        assertThat(copy.position()).contains("1-0000000000000042");
        assertThat(copy.records()).isEqualTo(records);
    }

    @Test
    void a_copy_that_starts_again_from_a_snapshot_is_verified_from_its_first_event_on() {
        List<JsonNode> events = ExampleFeed.readEvents();
        JsonNode checkpoint = events.get(42);
        copy.records().put("overseas-school/gone", JSON.createObjectNode());
        copy.startFrom(events.get(19).path("id").asText(), Map.of());
        copy.save();
        copy = new FeedCopy(folder);
        events.subList(20, 42).forEach(event -> copy.accept(event, verifier));

        assertBroken(change(checkpoint, "", "chain", events.get(1).path("chain").asText()), "the chain breaks");
        assertThat(copy.accept(checkpoint, verifier)).isTrue();
        assertThat(copy.records()).isNotEmpty().doesNotContainKey("overseas-school/gone");

        copy.startFrom(events.get(41).path("id").asText(), Map.of());
        assertBroken(change(checkpoint, "", "chain", events.get(1).path("chain").asText()), "the chain breaks");
        assertThat(copy.accept(checkpoint, verifier)).isTrue();
    }

    @Test
    void events_without_op_have_that_of_their_kind() {
        for (JsonNode event : ExampleFeed.readEvents()) {
            copy.accept(((ObjectNode) event.deepCopy()).without("op"), verifier);
        }
        assertThat(copy.position()).contains("2-0000000000000001");
        assertThat(copy.records()).isEmpty();
    }

    @Test
    void withheld_data_delete_the_record_and_keep_the_chain() {
        JsonNode withheld = ExampleFeed.read("overseas-school.created-withheld.json");
        copy.records().put(withheld.path("subject").asText(), JSON.createObjectNode());

        copy.accept(withheld, verifier);
        assertThat(copy.records()).isEmpty();

        copy.accept(ExampleFeed.read("overseas-school.corrected.json"), verifier);
        assertThat(copy.position()).contains("1-0000000000000002");
    }

    private void assertBroken(JsonNode event, String message) {
        assertThatThrownBy(() -> copy.accept(event, verifier))
                .isInstanceOf(BrokenFeedException.class)
                .hasMessageContaining(message);
    }

    private static JsonNode change(JsonNode event, String place, String name, String value) {
        JsonNode changed = event.deepCopy();
        ((ObjectNode) changed.at(place)).put(name, value);
        return changed;
    }
}
