package org.voyage.local;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Request of the dashboard to sign a person in: the code flow with PKCE (RFC 7636).
 *
 * @param parameters as the dashboard sent them
 */
record AuthorizationRequest(Map<String, String> parameters) {
    static final String CLIENT_ID = "dashboard";
    private static final String REDIRECT_PATH = "/sign-in/return";
    private static final Set<String> LOOPBACK_HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");

    /** Returns why the request is refused, or nothing when it is fine. */
    Optional<String> findFault() {
        if (!CLIENT_ID.equals(parameters.get("client_id"))) {
            return Optional.of("client_id must be " + CLIENT_ID + ".");
        }
        if (!isOwnRedirect(redirectUri())) {
            return Optional.of("redirect_uri must be " + REDIRECT_PATH + " on this machine.");
        }
        if (!"code".equals(parameters.get("response_type"))) {
            return Optional.of("response_type must be code.");
        }
        if (!"S256".equals(parameters.get("code_challenge_method"))
                || parameters.getOrDefault("code_challenge", "").length() != 43) {
            return Optional.of("code_challenge must be one of the method S256.");
        }
        return Optional.empty();
    }

    private static boolean isOwnRedirect(String text) {
        try {
            URI uri = URI.create(text);
            return uri.getHost() != null
                    && LOOPBACK_HOSTS.contains(uri.getHost())
                    && REDIRECT_PATH.equals(uri.getRawPath())
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && uri.getRawUserInfo() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    String redirectUri() {
        return parameters.getOrDefault("redirect_uri", "");
    }

    String codeChallenge() {
        return parameters.getOrDefault("code_challenge", "");
    }

    Optional<String> nonce() {
        return Optional.ofNullable(parameters.get("nonce"));
    }

    /** Returns the address to which the person goes back with a code. */
    String redirectWith(String code, String issuer) {
        Map<String, String> answer = new LinkedHashMap<>();
        answer.put("code", code);
        Optional.ofNullable(parameters.get("state")).ifPresent(state -> answer.put("state", state));
        answer.put("iss", issuer);
        return redirectUri() + "?"
                + answer.entrySet().stream()
                        .map(entry ->
                                entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
    }
}
