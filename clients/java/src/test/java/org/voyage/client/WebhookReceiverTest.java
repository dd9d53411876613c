package org.voyage.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Unit test of the signatures that the library in Java accepts. */
class WebhookReceiverTest {

    private static final byte[] BODY = "{\"a\":\"汉\"}".getBytes(StandardCharsets.UTF_8);
    private static final String SECRET = "whsec_"
            + Base64.getEncoder().encodeToString("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8));
    private static final String OTHER_SECRET = "whsec_"
            + Base64.getEncoder().encodeToString("abcdef0123456789abcdef0123456789".getBytes(StandardCharsets.UTF_8));
    private static final int RAW_KEY_BYTES = 32;

    @TempDir
    Path folder;

    private Path keys;
    private WebhookReceiver receiver;

    @BeforeEach
    void begin() {
        keys = folder.resolve("keys");
        FeedClient client =
                new FeedClient(URI.create("http://127.0.0.1"), "feed", TokenSource.fixed("none"), new FeedCopy(folder));
        receiver = new WebhookReceiver(client, keys);
    }

    @Test
    void a_secret_that_is_added_while_the_receiver_runs_counts_at_once() throws Exception {
        Files.writeString(keys, SECRET + "\n");
        HttpHeaders signed = headers(Instant.now(), signByHmac(OTHER_SECRET, Instant.now()));
        assertThat(receiver.isSigned(signed, BODY, Instant.now())).isFalse();

        Files.writeString(keys, SECRET + "\n" + OTHER_SECRET + "\n");

        assertThat(receiver.isSigned(signed, BODY, Instant.now())).isTrue();
        assertThat(receiver.isSigned(signed, "{}".getBytes(StandardCharsets.UTF_8), Instant.now()))
                .isFalse();
    }

    @Test
    void a_public_key_verifies_ed25519_among_other_signatures_for_five_minutes() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] encoded = pair.getPublic().getEncoded();
        byte[] raw = Arrays.copyOfRange(encoded, encoded.length - RAW_KEY_BYTES, encoded.length);
        Files.writeString(keys, "whpk_" + Base64.getEncoder().encodeToString(raw));
        Instant now = Instant.now();
        Instant early = now.minusSeconds(301);

        assertThat(receiver.isSigned(headers(now, "v2,abc v1,AAAA " + signByEd25519(pair, now)), BODY, Instant.now()))
                .isTrue();
        assertThat(receiver.isSigned(headers(early, signByEd25519(pair, early)), BODY, Instant.now()))
                .isFalse();
        assertThat(receiver.isSigned(headers(now, signByEd25519(pair, early)), BODY, Instant.now()))
                .isFalse();
        assertThat(receiver.isSigned(HttpHeaders.of(Map.of(), (name, value) -> true), BODY, Instant.now()))
                .isFalse();
    }

    private static String signByHmac(String secret, Instant time) throws Exception {
        return new Webhook(secret).sign("f_1_1", time.getEpochSecond(), new String(BODY, StandardCharsets.UTF_8));
    }

    private static String signByEd25519(KeyPair pair, Instant time) throws Exception {
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(pair.getPrivate());
        signature.update(("f_1_1." + time.getEpochSecond() + ".").getBytes(StandardCharsets.UTF_8));
        signature.update(BODY);
        return "v1a," + Base64.getEncoder().encodeToString(signature.sign());
    }

    private static HttpHeaders headers(Instant time, String signature) {
        return HttpHeaders.of(
                Map.of(
                        "webhook-id", List.of("f_1_1"),
                        "webhook-timestamp", List.of(Long.toString(time.getEpochSecond())),
                        "webhook-signature", List.of(signature)),
                (name, value) -> true);
    }
}
