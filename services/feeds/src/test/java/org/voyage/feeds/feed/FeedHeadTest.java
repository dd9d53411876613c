package org.voyage.feeds.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voyage.feeds.proof.CanonicalJson;
import org.voyage.feeds.proof.HashChain;
import org.voyage.feeds.record.FeedRecord;
import org.voyage.kittest.FeedTrap;
import org.voyage.kittest.TrapTest;

class FeedHeadTest {

    private static final JsonMapper JSON = new JsonMapper();

    @TrapTest(FeedTrap.GUESSED_DIGEST)
    @Test
    void equal_data_have_other_digests_and_withheld_data_take_the_nonce_along() throws Exception {
        FeedHead head = new FeedHead("f", 1, 1, HashChain.start());
        FeedEvent first = appendClosing(head);
        FeedEvent second = appendClosing(head);
        JsonNode shown = JSON.readTree(first.body());
        JsonNode withheld = JSON.readTree(FeedEventBody.writeWithheld(first));

        assertThat(HashChain.format(HashChain.digestOf(CanonicalJson.encode(shown.path("data")))))
                .isEqualTo(shown.path("digest").asText());
        assertThat(first.digest()).isNotEqualTo(second.digest());
        assertThat(shown.path("op").asText()).isEqualTo("put");
        assertThat(withheld.path("op").asText()).isEqualTo("delete");
        assertThat(withheld.path("digest")).isEqualTo(shown.path("digest"));
        assertThat(withheld.path("data").toString()).isEqualTo("{\"withheld\":true}");
        assertThat(withheld.toString())
                .doesNotContain(shown.path("data").path("nonce").asText());
    }

    @TrapTest(FeedTrap.SEQUENCE_AS_INTEGER)
    @Test
    void a_sequence_beyond_32_bits_is_a_text_in_the_order_of_the_numbers() throws Exception {
        long last = Integer.MAX_VALUE;
        FeedHead head = new FeedHead("f", 7, last, HashChain.start());
        JsonNode before = JSON.readTree(appendClosing(head).body());
        JsonNode after = JSON.readTree(appendClosing(head).body());

        assertThat(after.path("sequence").isTextual()).isTrue();
        assertThat(after.path("sequence").asText()).isEqualTo("0000002147483648");
        assertThat(after.path("epoch").isTextual()).isTrue();
        assertThat(after.path("id").asText())
                .isEqualTo("7-0000002147483648")
                .isGreaterThan(before.path("id").asText());
        assertThat(FeedPosition.parse(after.path("id").asText())).contains(new FeedPosition(7, last + 1));
    }

    @Test
    void the_digest_is_of_the_data_as_they_are_sent_and_as_a_reader_makes_them_canonical() throws Exception {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.put("\u20ac", "Euro")
                .put("\r", "Carriage Return")
                .put("\ufb33", "Hebrew")
                .put("1", "One");
        data.put("\ud83d\ude00", "Smiley").put("\u0080", "Control").put("\u00f6", "鲁班/\"工坊\"\\\u001f\u007f\u2028");
        data.putArray("numbers").add(1).add(2_147_483_648L).add(1.5).addNull();
        data.putObject("z").put("b", true).put("a", "");

        FeedEvent event = append(new FeedHead("f", 1, 1, HashChain.start()), data);

        assertThat(HashChain.digestOf(dataOf(event.body()))).isEqualTo(event.digest());
        byte[] canonical =
                new JsonCanonicalizer(JSON.readTree(event.body()).path("data").toString()).getEncodedUTF8();
        assertThat(dataOf(event.body())).isEqualTo(canonical);
    }

    @ParameterizedTest
    @CsvSource({"CREATED,put", "WITHDRAWN,delete", "CHECKPOINT,proof", "RESET,reset"})
    void a_stored_event_of_the_release_0_2_gets_its_op_and_canonical_data_and_keeps_its_digest(
            FeedEventKind kind, String operation) throws Exception {
        FeedEvent event = append(new FeedHead("f", 1, 1, HashChain.start()), kind);
        ObjectNode stored = (ObjectNode) JSON.readTree(event.body());
        stored.remove("op");
        ObjectNode data = (ObjectNode) stored.remove("data");
        ObjectNode unsorted = stored.putObject("data").put("status", "closed");
        unsorted.setAll(data);
        assertThat(unsorted.toString()).as("as 0.2.0 stored it").startsWith("{\"status\"");

        byte[] shown = FeedEventBody.toPresentForm(withBody(event, stored.toString()));

        assertThat(new String(shown, StandardCharsets.UTF_8))
                .isEqualTo(new String(event.body(), StandardCharsets.UTF_8))
                .contains("\"op\":\"" + operation + "\"");
        assertThat(HashChain.digestOf(dataOf(shown))).isEqualTo(event.digest());
        assertThat(FeedEventBody.toPresentForm(event)).isSameAs(event.body());
    }

    /** Returns the bytes of the data in a body. */
    private static byte[] dataOf(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        return text.substring(text.indexOf("\"data\":") + "\"data\":".length(), text.length() - 1)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static FeedEvent withBody(FeedEvent event, String body) {
        return new FeedEvent(
                event.feed(),
                event.position(),
                event.kind(),
                event.record(),
                event.outsideId(),
                event.time(),
                event.dimensions(),
                event.fields(),
                event.digest(),
                event.chain(),
                body.getBytes(StandardCharsets.UTF_8),
                event.traceparent());
    }

    private static FeedEvent append(FeedHead head, ObjectNode data) {
        return head.append(
                FeedEventKind.CORRECTED, FeedRecord.OVERSEAS_SCHOOL, "r", Instant.EPOCH, data, null, Set.of());
    }

    private static FeedEvent append(FeedHead head, FeedEventKind kind) {
        boolean isOfRecord = kind != FeedEventKind.CHECKPOINT && kind != FeedEventKind.RESET;
        return head.append(
                kind,
                isOfRecord ? FeedRecord.OVERSEAS_SCHOOL : null,
                isOfRecord ? "r" : null,
                Instant.EPOCH,
                JsonNodeFactory.instance.objectNode().put("status", "closed"),
                null,
                Set.of());
    }

    private static FeedEvent appendClosing(FeedHead head) {
        return append(head, FeedEventKind.CORRECTED);
    }
}
