package org.voyage.feeds.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.voyage.feeds.proof.CanonicalJson;
import org.voyage.feeds.proof.HashChain;
import org.voyage.feeds.record.FeedRecord;
import org.voyage.kittest.FeedTrap;
import org.voyage.kittest.TrapTest;

class FeedLogAppenderTest {

    private static final JsonMapper JSON = new JsonMapper();

    @TrapTest(FeedTrap.GUESSED_DIGEST)
    @Test
    void equal_data_have_other_digests_and_withheld_data_take_the_nonce_along() throws Exception {
        FeedLogAppender head = new FeedLogAppender("f", 1, 1, HashChain.start());
        FeedEvent first = appendClosing(head);
        FeedEvent second = appendClosing(head);
        JsonNode shown = JSON.readTree(first.body());
        JsonNode withheld = JSON.readTree(FeedEventBody.writeWithheld(first));

        assertThat(HashChain.format(HashChain.digestOf(CanonicalJson.encode(shown.path("data")))))
                .isEqualTo(shown.path("digest").asText());
        assertThat(first.digest()).isNotEqualTo(second.digest());
        assertThat(withheld.path("digest")).isEqualTo(shown.path("digest"));
        assertThat(withheld.path("data").toString()).isEqualTo("{\"withheld\":true}");
        assertThat(withheld.toString())
                .doesNotContain(shown.path("data").path("nonce").asText());
    }

    @TrapTest(FeedTrap.SEQUENCE_AS_INTEGER)
    @Test
    void a_sequence_beyond_32_bits_is_a_text_in_the_order_of_the_numbers() throws Exception {
        long last = Integer.MAX_VALUE;
        FeedLogAppender head = new FeedLogAppender("f", 7, last, HashChain.start());
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

    private static FeedEvent appendClosing(FeedLogAppender head) {
        return head.append(
                FeedEventKind.CORRECTED,
                FeedRecord.OVERSEAS_SCHOOL,
                "r",
                Instant.EPOCH,
                JsonNodeFactory.instance.objectNode().put("status", "closed"),
                null,
                Set.of());
    }
}
