package org.voyage.feeds.delivery.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.voyage.kittest.FeedTrap;
import org.voyage.kittest.TrapTest;

class WebhookSignerTest {

    private static final byte[] BODY = "{\"a\":\"漢\"}".getBytes(StandardCharsets.UTF_8);
    private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    @Test
    void the_public_library_verifies_hmac_while_a_secret_is_replaced() throws Exception {
        SigningSecret former = SigningSecret.generate(SigningAlgorithm.HMAC);
        SigningSecret next = SigningSecret.generate(SigningAlgorithm.HMAC);
        Map<String, String> headers = WebhookSigner.signRequest("f_1_1", Instant.now(), BODY, List.of(next, former));

        HttpHeaders received = HttpHeaders.of(
                headers.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, each -> List.of(each.getValue()))),
                (_, _) -> true);
        String payload = new String(BODY, StandardCharsets.UTF_8);
        new Webhook(former.receiverKey()).verify(payload, received);
        new Webhook(next.receiverKey()).verify(payload, received);
    }

    @Test
    void the_jdk_verifies_ed25519_with_the_public_key_that_the_alliance_gets() throws Exception {
        SigningSecret secret = SigningSecret.generate(SigningAlgorithm.ED25519);
        Map<String, String> headers =
                WebhookSigner.signRequest("f_1_1", Instant.ofEpochSecond(1_700_000_000), BODY, List.of(secret));

        byte[] raw = Base64.getDecoder().decode(secret.receiverKey().substring("whpk_".length()));
        byte[] encoded = HexFormat.of()
                .parseHex(HexFormat.of().formatHex(X509_PREFIX) + HexFormat.of().formatHex(raw));
        Signature signature = Signature.getInstance("Ed25519");
        signature.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
        signature.update("f_1_1.1700000000.".getBytes(StandardCharsets.UTF_8));
        signature.update(BODY);
        assertThat(signature.verify(Base64.getDecoder()
                        .decode(Objects.requireNonNull(headers.get("webhook-signature"))
                                .substring("v1a,".length()))))
                .isTrue();
        assertThat(secret.toString()).doesNotContain(secret.receiverKey());
    }

    @TrapTest(FeedTrap.TIMESTAMP_OF_EVENT)
    @Test
    void the_timestamp_is_of_the_try_and_the_id_stays() {
        SigningSecret secret = SigningSecret.generate(SigningAlgorithm.HMAC);
        Map<String, String> first =
                WebhookSigner.signRequest("f_1_1", Instant.ofEpochSecond(100), BODY, List.of(secret));
        Map<String, String> second =
                WebhookSigner.signRequest("f_1_1", Instant.ofEpochSecond(200), BODY, List.of(secret));

        assertThat(first).containsEntry("webhook-id", "f_1_1").containsEntry("webhook-timestamp", "100");
        assertThat(second).containsEntry("webhook-id", "f_1_1").containsEntry("webhook-timestamp", "200");
        assertThat(first.get("webhook-signature")).isNotEqualTo(second.get("webhook-signature"));
    }
}
