package org.voyage.kittest;

import java.util.LinkedHashMap;
import java.util.Map;

/** One request as it is sent. {@code target} is not encoded any further. */
record ApiFuzzRequest(String method, String target, Map<String, String> headers, byte[] body) {
    private static final int MAX_SHOWN_LENGTH = 200;

    static ApiFuzzRequest get(String target) {
        return new ApiFuzzRequest("GET", target, new LinkedHashMap<>(), new byte[0]);
    }

    @Override
    public String toString() {
        Map<String, String> shown = new LinkedHashMap<>(headers);
        shown.computeIfPresent("Authorization", (name, value) -> shorten(value, 20));
        return method + " " + shorten(target, MAX_SHOWN_LENGTH) + " " + shorten(shown.toString(), 2 * MAX_SHOWN_LENGTH)
                + " "
                + body.length
                + " bytes: "
                + shorten(new String(body, java.nio.charset.StandardCharsets.UTF_8), MAX_SHOWN_LENGTH);
    }

    static String shorten(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length) + "…(" + text.length() + ")";
    }
}
