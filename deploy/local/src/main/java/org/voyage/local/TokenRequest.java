package org.voyage.local;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Token request of a client: its credentials from the form, or from Basic authentication if present. */
record TokenRequest(String grantType, String clientId, String secret) {
    private static final int MAX_FORM_BYTES = 16_384;

    static TokenRequest readRequest(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readNBytes(MAX_FORM_BYTES), StandardCharsets.UTF_8);
        Map<String, String> form = new HashMap<>();
        for (String pair : body.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                form.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        String[] basic = readBasicCredentials(exchange).orElse(new String[] {"", ""});
        return new TokenRequest(
                form.getOrDefault("grant_type", ""),
                basic[0].isEmpty() ? form.getOrDefault("client_id", "") : basic[0],
                basic[0].isEmpty() ? form.getOrDefault("client_secret", "") : basic[1]);
    }

    private static Optional<String[]> readBasicCredentials(HttpExchange exchange) {
        String header = exchange.getRequestHeaders().getFirst("Authorization");
        if (header == null || !header.regionMatches(true, 0, "Basic ", 0, 6)) {
            return Optional.empty();
        }
        try {
            String pair =
                    new String(Base64.getDecoder().decode(header.substring(6).strip()), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 1
                    ? Optional.empty()
                    : Optional.of(new String[] {decode(pair.substring(0, colon)), decode(pair.substring(colon + 1))});
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
