package org.voyage.local;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * Request of a client to the token endpoint: its credentials from the form, or from Basic authentication if present.
 *
 * @param fields all fields of the form
 */
record TokenRequest(Map<String, String> fields, String clientId, String secret) {

    static TokenRequest readRequest(HttpExchange exchange) throws IOException {
        Map<String, String> form = FormFields.readBody(exchange);
        String[] basic = readBasicCredentials(exchange).orElse(new String[] {"", ""});
        return new TokenRequest(
                form,
                basic[0].isEmpty() ? form.getOrDefault("client_id", "") : basic[0],
                basic[0].isEmpty() ? form.getOrDefault("client_secret", "") : basic[1]);
    }

    /** Returns a field of the form; the empty text for an absent one. */
    String field(String name) {
        return fields.getOrDefault(name, "");
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
                    : Optional.of(new String[] {
                        FormFields.decode(pair.substring(0, colon)), FormFields.decode(pair.substring(colon + 1))
                    });
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
