package org.voyage.kittest;

import java.util.LinkedHashMap;
import java.util.Map;

/** A request exactly as it goes over the wire. {@code target} is not encoded any further. */
record ApiFuzzRequest(String method, String target, Map<String, String> headers, byte[] body) {
    private static final int SHOWN = 200;

    static ApiFuzzRequest get(String target) {
        return new ApiFuzzRequest("GET", target, new LinkedHashMap<>(), new byte[0]);
    }

    @Override
    public String toString() {
        Map<String, String> shown = new LinkedHashMap<>(headers);
        shown.computeIfPresent("Authorization", (name, value) -> shortened(value, 20));
        return method + " " + shortened(target, SHOWN) + " " + shortened(shown.toString(), 2 * SHOWN) + " "
                + body.length
                + " bytes: "
                + shortened(new String(body, java.nio.charset.StandardCharsets.UTF_8), SHOWN);
    }

    static String shortened(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length) + "…(" + text.length() + ")";
    }
}
