package org.voyage.demo;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/**
 * Verifier of webhooks by the keys of a file, one on a line: {@code whsec_…} is HMAC, which the public library of Standard
 * Webhooks verifies; {@code whpk_…} is Ed25519, which the JDK verifies.
 */
final class WebhookVerifier {

    private static final String ED25519_KEY = "whpk_";
    private static final String ED25519_SIGNATURE = "v1a,";
    private static final Duration MAX_AGE = Duration.ofMinutes(5);

    private final Path file;

    /** @param file is read at each request: a key that is added while secrets rotate counts at once */
    WebhookVerifier(Path file) {
        this.file = file;
    }

    /** Returns whether one of the keys has signed a request that is at most five minutes old. */
    boolean isSigned(HttpHeaders headers, byte[] body) {
        try {
            return Files.readString(file)
                    .lines()
                    .map(String::strip)
                    .filter(key -> !key.isEmpty())
                    .anyMatch(key -> key.startsWith(ED25519_KEY)
                            ? isSignedByEd25519(headers, body, key)
                            : isSignedByHmac(headers, body, key));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isSignedByHmac(HttpHeaders headers, byte[] body, String key) {
        try {
            new Webhook(key).verify(new String(body, StandardCharsets.UTF_8), headers);
            return true;
        } catch (WebhookVerificationException | EmptyWebhookSecretException e) {
            return false;
        }
    }

    private static boolean isSignedByEd25519(HttpHeaders headers, byte[] body, String key) {
        String time = headers.firstValue("webhook-timestamp").orElse("");
        if (!isRecent(time)) {
            return false;
        }
        byte[] head = (headers.firstValue("webhook-id").orElse("") + "." + time + ".").getBytes(StandardCharsets.UTF_8);
        Base64.Decoder base64 = Base64.getDecoder();
        PublishedKey publicKey = PublishedKey.ofRaw(base64.decode(key.substring(ED25519_KEY.length())));
        for (String signature :
                headers.firstValue("webhook-signature").orElse("").split(" ")) {
            if (signature.startsWith(ED25519_SIGNATURE)
                    && publicKey.hasSigned(
                            base64.decode(signature.substring(ED25519_SIGNATURE.length())), head, body)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isRecent(String seconds) {
        return seconds.matches("[0-9]{1,12}")
                && Duration.between(Instant.ofEpochSecond(Long.parseLong(seconds)), Instant.now())
                                .abs()
                                .compareTo(MAX_AGE)
                        <= 0;
    }
}
