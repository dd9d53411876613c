package org.voyage.kittest;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An answer. Header names are in lower case; status 0 means that the service hung up before it had read everything. */
record ApiFuzzAnswer(int status, Map<String, String> headers, byte[] body) {

    @Nullable
    String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return status + " " + headers + " " + ApiFuzzRequest.shorten(text(), 400);
    }
}
