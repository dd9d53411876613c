package org.voyage.kit.http;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.Caller;
import org.voyage.kit.secret.ConfiguredKeys;

/**
 * Codec of the texts of cursors. A text begins with the first {@value #TAG_BYTES} bytes of an HMAC-SHA-256 over the
 * caller, the list with its filters, and the sort keys. Only the service can make one, and it is valid for this caller
 * and this question alone.
 *
 * <p>All instances of a service need the same keys ({@code voyage.web.cursor}). During a change of keys the service
 * reads cursors of every configured key.
 */
@ApplicationScoped
public class CursorCodec {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int TAG_BYTES = 12;
    private static final String SEPARATOR = "\u0000";
    private static final String KEY_NAME = "voyage.web.cursor.keys";

    private final Supplier<String> callerId;
    private final ConfiguredKeys configured;
    /** The primary key first. */
    private final List<SecretKeySpec> keys;

    @Inject
    CursorCodec(WebConfig config, Caller caller) {
        this(config.cursor(), () -> caller.authenticatedClientId().orElse(""));
    }

    /**
     * Creates a codec.
     *
     * @param callerId id of the current caller; empty for one without a token
     * @throws IllegalStateException if there is no usable key; the message names a key by its number only
     */
    CursorCodec(WebConfig.CursorConfig config, Supplier<String> callerId) {
        this.callerId = callerId;
        this.configured = new ConfiguredKeys(KEY_NAME, config.keys(), config.primary());
        this.keys = toMacKeys(configured);
    }

    /** Refuses the public keys of laptops in production; unusable keys stop the start under any profile. */
    void check(@Observes StartupEvent start) {
        configured.requireProductionKeys();
    }

    private static List<SecretKeySpec> toMacKeys(ConfiguredKeys configured) {
        List<SecretKeySpec> keys = new ArrayList<>();
        configured
                .bytesByNumber()
                .forEach((number, bytes) -> keys.add(
                        number == configured.primary() ? 0 : keys.size(), new SecretKeySpec(bytes, ALGORITHM)));
        return List.copyOf(keys);
    }

    /**
     * Returns the text of a cursor for the current caller.
     *
     * @param list names the list and its filters, the same for every page
     * @param sortKeys sort keys of the last item, in order
     */
    public String encode(String list, Object... sortKeys) {
        var joined = String.join(
                SEPARATOR, Arrays.stream(sortKeys).map(Object::toString).toList());
        var body = joined.getBytes(StandardCharsets.UTF_8);
        var bytes = ByteBuffer.allocate(TAG_BYTES + body.length);
        bytes.put(computeTag(keys.getFirst(), list, body)).put(body);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /**
     * Reads the text of a cursor.
     *
     * @param size number of keys that the list sorts by
     * @return null for null: the first page
     * @throws org.voyage.kit.problem.Refusal.Malformed if the service did not give this text to the current caller for
     *     this list
     */
    public @Nullable Cursor decode(String list, int size, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            var bytes = Base64.getUrlDecoder().decode(text);
            if (bytes.length < TAG_BYTES
                    || !Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(bytes)
                            .equals(text)) {
                throw Cursor.malformed();
            }
            var tag = Arrays.copyOf(bytes, TAG_BYTES);
            var body = Arrays.copyOfRange(bytes, TAG_BYTES, bytes.length);
            if (keys.stream().noneMatch(key -> MessageDigest.isEqual(tag, computeTag(key, list, body)))) {
                throw Cursor.malformed();
            }
            var joined = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            var sortKeys = List.of(joined.split(SEPARATOR, -1));
            if (sortKeys.size() != size) {
                throw Cursor.malformed();
            }
            return new Cursor(sortKeys);
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw Cursor.malformed();
        }
    }

    private byte[] computeTag(SecretKeySpec key, String list, byte[] body) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            updateWithLength(mac, callerId.get());
            updateWithLength(mac, list);
            return Arrays.copyOf(mac.doFinal(body), TAG_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no " + ALGORITHM, e);
        }
    }

    /** Adds a text behind its length, so that no two lists of texts look alike. */
    private static void updateWithLength(Mac mac, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
        mac.update(bytes);
    }
}
