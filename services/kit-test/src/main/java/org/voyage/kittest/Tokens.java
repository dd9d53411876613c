package org.voyage.kittest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.voyage.local.Clients;

/** Bearer tokens of the local issuer, without the word {@code Bearer}. */
public final class Tokens {
    private static final Pattern TOKEN = Pattern.compile("\"access_token\"\\s*:\\s*\"([^\"]+)\"");
    private static final Map<String, String> KNOWN = new ConcurrentHashMap<>();

    private Tokens() {}

    /** Of the bureau of a province, by its two digits. */
    public static String bureau(String province) {
        return of("bureau-" + province);
    }

    public static String operator() {
        return of("operator");
    }

    public static String auditor() {
        return of("auditor");
    }

    public static String privacyOfficer() {
        return of("privacy-officer");
    }

    /** Of an alliance, by its code in capitals. */
    public static String alliance(String code) {
        return of("alliance-" + code);
    }

    /** Of any client that the issuer knows. */
    public static String of(String clientId) {
        return KNOWN.computeIfAbsent(clientId, Tokens::ask);
    }

    private static String ask(String clientId) {
        String form =
                "grant_type=client_credentials&client_id=" + clientId + "&client_secret=" + Clients.secret(clientId);
        HttpRequest request = HttpRequest.newBuilder(URI.create(TestServers.issuer() + "/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            String answer =
                    http.send(request, HttpResponse.BodyHandlers.ofString()).body();
            Matcher token = TOKEN.matcher(answer);
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
