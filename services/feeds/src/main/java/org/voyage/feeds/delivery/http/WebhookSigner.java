package org.voyage.feeds.delivery.http;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signer of webhooks by Standard Webhooks 1.0: over id, time of the try, and the bytes of the body. */
public final class WebhookSigner {

    private static final String HMAC = "HmacSHA256";
    private static final String ED25519 = "Ed25519";

    private WebhookSigner() {}

    /**
     * Returns the headers of one try.
     *
     * @param id the same at each try
     * @param time of this try
     * @param secrets one signature for each
     */
    public static Map<String, String> signRequest(String id, Instant time, byte[] body, List<SigningSecret> secrets) {
        byte[] prefix = (id + "." + time.getEpochSecond() + ".").getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", Long.toString(time.getEpochSecond()));
        headers.put(
                "webhook-signature",
                secrets.stream().map(each -> sign(each, prefix, body)).collect(Collectors.joining(" ")));
        return headers;
    }

    private static String sign(SigningSecret secret, byte[] prefix, byte[] body) {
        try {
            return switch (secret.algorithm()) {
                case HMAC -> {
                    Mac mac = Mac.getInstance(HMAC);
                    mac.init(new SecretKeySpec(secret.bytes(), HMAC));
                    mac.update(prefix);
                    yield "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
                }
                case ED25519 -> {
                    Signature signature = Signature.getInstance(ED25519);
                    signature.initSign(secret.toPrivateKey());
                    signature.update(prefix);
                    signature.update(body);
                    yield "v1a," + Base64.getEncoder().encodeToString(signature.sign());
                }
            };
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a webhook cannot be signed", e);
        }
    }
}
