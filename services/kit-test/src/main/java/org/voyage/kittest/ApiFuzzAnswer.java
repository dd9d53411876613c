package org.voyage.kittest;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One answer in a fuzz test. Header names are in lower case. Status 0 means that the service closed the connection
 * before it had read the whole request.
 */
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
