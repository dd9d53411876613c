package org.voyage.kit.idempotency;

import java.util.regex.Pattern;
import org.voyage.kit.guard.HeaderNames;
import org.voyage.kit.problem.Refusal;

/**
 * Key that a client gives to a request: 1 to 255 visible ASCII characters. The draft writes it as a string in quotes;
 * without quotes it means the same.
 *
 * @param value hash of the key, because a client may put anything into it
 */
record IdempotencyKey(String value) {
    private static final Pattern HEADER_PATTERN =
            Pattern.compile("\"([\\x20\\x21\\x23-\\x5B\\x5D-\\x7E]{1,255})\"|([\\x21\\x23-\\x5B\\x5D-\\x7E]{1,255})");

    /**
     * Parses a key.
     *
     * @throws Refusal.Malformed if it has another form
     */
    static IdempotencyKey of(String header) {
        var form = HEADER_PATTERN.matcher(header.strip());
        if (!form.matches()) {
            throw new Refusal.Malformed(
                    HeaderNames.IDEMPOTENCY_KEY + " is 1 to 255 visible ASCII characters, for instance a UUID.",
                    HeaderNames.IDEMPOTENCY_KEY + " 应为 1 到 255 个可见 ASCII 字符，例如 UUID。");
        }
        return new IdempotencyKey(HashingInputStream.hexHash(form.group(1) != null ? form.group(1) : form.group(2)));
    }
}
