package org.voyage.prove;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Client of the doors of all servers: a program that trusts the own authority and has one name for three addresses.
 */
final class LabClient implements AutoCloseable {

    static {
        // One name leads to three addresses: the address is in the URL, the name in the head.
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
        System.setProperty("jdk.internal.httpclient.disableHostnameVerification", "true");
    }

    static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration LONGEST_REFUSAL = Duration.ofMinutes(1);
    /** Access tokens live for five minutes. */
    private static final long FRESH_TOKEN_NANOS = Duration.ofSeconds(100).toNanos();

    private record HeldToken(String text, long since) {}

    private final ServerLab lab;
    private final HttpClient http;
    private final Map<String, String> secrets = new ConcurrentHashMap<>();
    private final Map<String, HeldToken> tokens = new ConcurrentHashMap<>();

    LabClient(ServerLab lab) throws IOException, GeneralSecurityException {
        this.lab = lab;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .sslContext(trustOwnAuthority(lab))
                .build();
    }

    private static SSLContext trustOwnAuthority(ServerLab lab) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream authority = Files.newInputStream(lab.folder().resolve("authority/authority.crt"))) {
            store.setCertificateEntry(
                    "authority", CertificateFactory.getInstance("X.509").generateCertificate(authority));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    /** Sends a request to the door of a server as a program. @throws IOException when no answer comes in time */
    HttpResponse<String> send(
            String server, String client, String method, String path, @Nullable String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = requestTo(server, 443, ServerLab.HOST, path)
                .header("Authorization", "Bearer " + findToken(server, client))
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    /** Sends a request until it is answered, and returns its JSON. @throws IOException when it is not answered with success for long */
    JsonNode require(String server, String client, String method, String path, @Nullable String body)
            throws IOException, InterruptedException {
        return JSON.readTree(requireAnswer(server, client, method, path, body).body());
    }

    /** Sends a request until it is answered, and returns the answer. @throws IOException when it is not answered with success for long */
    HttpResponse<String> requireAnswer(String server, String client, String method, String path, @Nullable String body)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + LONGEST_REFUSAL.toNanos();
        while (true) {
            try {
                return requireOk(method + " " + path, send(server, client, method, path, body));
            } catch (IOException e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
                Thread.sleep(500);
            }
        }
    }

    private static HttpResponse<String> requireOk(String what, HttpResponse<String> answer) throws IOException {
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(what + " is " + answer.statusCode() + ": " + answer.body());
        }
        return answer;
    }

    private static HttpRequest.Builder requestTo(String server, int port, String host, String path) {
        String address = "127.0.0.1" + server.charAt(server.length() - 1);
        return HttpRequest.newBuilder(URI.create("https://" + address + ":" + port + path))
                .timeout(REQUEST_TIMEOUT)
                .header("Host", port == 443 ? host : host + ":" + port);
    }

    /** Returns a token; an older one while no new one can be had. */
    private String findToken(String server, String client) throws IOException, InterruptedException {
        HeldToken held = tokens.get(client);
        if (held != null && System.nanoTime() - held.since() < FRESH_TOKEN_NANOS) {
            return held.text();
        }
        try {
            String form = "grant_type=client_credentials&client_id=" + client + "&client_secret="
                    + secrets.getOrDefault(client, "");
            HeldToken fresh = new HeldToken(
                    readToken(
                            requestTo(server, 443, ServerLab.HOST, "/realms/voyage/protocol/openid-connect/token"),
                            form),
                    System.nanoTime());
            tokens.put(client, fresh);
            return fresh.text();
        } catch (IOException e) {
            if (held == null) {
                throw e;
            }
            return held.text();
        }
    }

    private String readToken(HttpRequest.Builder request, String form) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                request.header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.ofString());
        return JSON.readTree(requireOk("token", answer).body())
                .path("access_token")
                .asText();
    }

    /**
     * Gives a program a secret and a role, as an administrator of Keycloak does, and makes it unless it is there.
     *
     * @param attribute name and value of an attribute; null for none
     */
    void admitProgram(String client, String role, Map.@Nullable Entry<String, String> attribute)
            throws IOException, InterruptedException {
        String secret = UUID.randomUUID().toString();
        secrets.put(client, secret);
        administer(
                "POST",
                "/clients",
                JSON.writeValueAsString(Map.of(
                        "clientId",
                        client,
                        "secret",
                        secret,
                        "serviceAccountsEnabled",
                        true,
                        "standardFlowEnabled",
                        false,
                        "fullScopeAllowed",
                        false,
                        "defaultClientScopes",
                        new String[] {"voyage"})));
        String id = administer("GET", "/clients?clientId=" + client, null)
                .path(0)
                .path("id")
                .asText();
        administer("PUT", "/clients/" + id, JSON.writeValueAsString(Map.of("clientId", client, "secret", secret)));
        JsonNode user = administer("GET", "/clients/" + id + "/service-account-user", null);
        String account = "/users/" + user.path("id").asText();
        if (attribute != null) {
            administer(
                    "PUT",
                    account,
                    JSON.writeValueAsString(Map.of(
                            "username",
                            user.path("username").asText(),
                            "attributes",
                            Map.of(attribute.getKey(), new String[] {attribute.getValue()}))));
        }
        administer("POST", account + "/role-mappings/realm", "[" + administer("GET", "/roles/" + role, null) + "]");
    }

    private JsonNode administer(String method, String path, @Nullable String body)
            throws IOException, InterruptedException {
        String admin = readToken(
                requestTo("server1", 8448, "keycloak.server1", "/realms/master/protocol/openid-connect/token"),
                "grant_type=password&client_id=admin-cli&username=admin&password="
                        + URLEncoder.encode(lab.findSetting("VOYAGE_KEYCLOAK_ADMIN_PASSWORD"), StandardCharsets.UTF_8));
        HttpResponse<String> answer = http.send(
                requestTo("server1", 8448, "keycloak.server1", "/admin/realms/voyage" + path)
                        .header("Authorization", "Bearer " + admin)
                        .header("Content-Type", "application/json")
                        .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() == 409) {
            return JSON.nullNode();
        }
        return answer.body().isBlank() && answer.statusCode() / 100 == 2
                ? JSON.nullNode()
                : JSON.readTree(requireOk(method + " " + path, answer).body());
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
