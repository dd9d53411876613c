package org.voyage.feeds.proof;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.erdtman.jcs.JsonCanonicalizer;

/** Canonical form of JSON (RFC 8785), over which digests are computed. */
public final class CanonicalJson {

    private CanonicalJson() {}

    /** Returns the canonical form as UTF-8. */
    public static byte[] encode(JsonNode json) {
        try {
            return new JsonCanonicalizer(json.toString()).getEncodedUTF8();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
