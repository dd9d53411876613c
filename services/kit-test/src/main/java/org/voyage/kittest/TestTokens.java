package org.voyage.kittest;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.text.ParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.voyage.local.IssuerClients;

/** Bearer tokens of the local issuer, without the word {@code Bearer}. */
public final class TestTokens {
    private static final Pattern TOKEN_PATTERN = Pattern.compile("\"access_token\"\\s*:\\s*\"([^\"]+)\"");
    private static final Map<String, String> TOKEN_CACHE = new ConcurrentHashMap<>();

    private TestTokens() {}

    /** Returns a token of the bureau of a province, given by its two digits. */
    public static String bureauToken(String province) {
        return tokenOf("bureau-" + province);
    }

    public static String operatorToken() {
        return tokenOf("operator");
    }

    public static String auditorToken() {
        return tokenOf("auditor");
    }

    public static String privacyOfficerToken() {
        return tokenOf("privacy-officer");
    }

    /** Returns a token of an alliance, given by its code in capitals. */
    public static String allianceToken(String code) {
        return tokenOf("alliance-" + code);
    }

    /** Returns a token of any client that the issuer knows. */
    public static String tokenOf(String clientId) {
        return TOKEN_CACHE.computeIfAbsent(clientId, TestTokens::requestToken);
    }

    /**
     * Returns a token with any claims, signed by the issuer as a faulty one would. Absent are only the claims that the
     * map names with null.
     *
     * @param claims replace those of a token of {@code bureau-12} that is valid for an hour
     */
    public static String signToken(Map<String, @Nullable Object> claims) {
        long now = System.currentTimeMillis() / 1000;
        Map<String, Object> all = new HashMap<>(Map.of(
                "iss",
                TestServers.issuer(),
                "aud",
                "voyage",
                "sub",
                "bureau-12",
                "roles",
                List.of("bureau"),
                "province",
                "12",
                "iat",
                now,
                "exp",
                now + 3600));
        claims.forEach((name, value) -> {
            if (value == null) {
                all.remove(name);
            } else {
                all.put(name, value);
            }
        });
        try {
            RSAKey key = RSAKey.parse(
                    Files.readString(TestServers.folder().resolve("issuer").resolve("signing-key.json")));
            JWSObject token = new JWSObject(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .keyID(key.getKeyID())
                            .build(),
                    new Payload(all));
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (IOException | ParseException | JOSEException e) {
            throw new IllegalStateException("the issuer's key cannot sign", e);
        }
    }

    private static String requestToken(String clientId) {
        String form = "grant_type=client_credentials&client_id=" + clientId + "&client_secret="
                + IssuerClients.secretOf(clientId);
        HttpRequest request = HttpRequest.newBuilder(URI.create(TestServers.issuer() + "/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            String answer =
                    http.send(request, HttpResponse.BodyHandlers.ofString()).body();
            Matcher token = TOKEN_PATTERN.matcher(answer);
            if (!token.find()) {
                throw new IllegalArgumentException("no token for " + clientId + ": " + answer);
            }
            return token.group(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
