package org.voyage.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keycloak with the realm of this project, as a process. Its database is in memory. The methods are the steps that an
 * administrator takes by hand.
 */
final class KeycloakServer implements AutoCloseable {
    /** The build unpacks the distribution there. */
    private static final Path FOLDER = Path.of("target/keycloak");

    private static final Path REALM = Path.of("../keycloak/voyage-realm.json");
    /** On two busy cores the first start takes minutes. */
    private static final Duration START_TIMEOUT = Duration.ofMinutes(8);

    private static final String ADMIN = "admin-of-test";
    /** The dashboard has this secret in the profile of the test. */
    private static final String DASHBOARD_SECRET = "local-dashboard";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final String root;
    private final Path log;
    private final Process process;

    private KeycloakServer(int port, Path log, Process process) {
        this.root = "http://localhost:" + port;
        this.log = log;
        this.process = process;
    }

    /**
     * Starts the server, which answers after {@link #awaitReady}.
     *
     * @param dashboard address of the dashboard for browsers, with a slash at its end
     */
    static KeycloakServer launch(int port, Path log, String dashboard) throws IOException {
        Path home;
        try (Stream<Path> unpacked = Files.list(FOLDER)) {
            home = unpacked.filter(Files::isDirectory).findFirst().orElseThrow();
        }
        Path imports = Files.createDirectories(home.resolve("data/import"));
        Files.copy(REALM, imports.resolve("voyage-realm.json"), StandardCopyOption.REPLACE_EXISTING);
        ProcessBuilder command = new ProcessBuilder(
                        "bash",
                        home.resolve("bin/kc.sh").toString(),
                        "start-dev",
                        "--import-realm",
                        "--http-host=127.0.0.1",
                        "--http-port=" + port)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        command.environment()
                .putAll(Map.of(
                        "JAVA_HOME",
                        System.getProperty("java.home"),
                        "JAVA_OPTS_APPEND",
                        "-XX:TieredStopAtLevel=1",
                        "KC_DB",
                        "dev-mem",
                        "KC_BOOTSTRAP_ADMIN_USERNAME",
                        ADMIN,
                        "KC_BOOTSTRAP_ADMIN_PASSWORD",
                        ADMIN,
                        "VOYAGE_DASHBOARD_URL",
                        dashboard,
                        "VOYAGE_DASHBOARD_CLIENT_SECRET",
                        DASHBOARD_SECRET));
        return new KeycloakServer(port, log, command.start());
    }

    void awaitReady() {
        await().atMost(START_TIMEOUT)
                .pollInterval(Duration.ofSeconds(1))
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> {
                    assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
                    HttpRequest discovery = HttpRequest.newBuilder(
                                    URI.create(issuer() + "/.well-known/openid-configuration"))
                            .build();
                    return http.send(discovery, BodyHandlers.discarding()).statusCode() == 200;
                });
    }

    String issuer() {
        return root + "/realms/voyage";
    }

    /** Returns a token of a program. */
    String tokenOf(String program) {
        String secret = clientOf(program).path("secret").asText();
        return requestToken(
                "voyage", Map.of("grant_type", "client_credentials", "client_id", program, "client_secret", secret));
    }

    /** Adds a program with a role and attributes. */
    void addProgram(String id, String role, Map<String, String> attributes) {
        send(
                "POST",
                "clients",
                Map.of(
                        "clientId",
                        id,
                        "serviceAccountsEnabled",
                        true,
                        "standardFlowEnabled",
                        false,
                        "fullScopeAllowed",
                        false,
                        "defaultClientScopes",
                        List.of("voyage")));
        changePerson("service-account-" + id, Map.of("attributes", listsOf(attributes)));
        giveRole("service-account-" + id, role);
    }

    /** Adds a person with a password, a role and attributes, of which {@code name} is required. */
    void addPerson(String username, String password, String role, Map<String, String> attributes) {
        send(
                "POST",
                "users",
                Map.of(
                        "username",
                        username,
                        "enabled",
                        true,
                        "attributes",
                        listsOf(attributes),
                        "credentials",
                        List.of(Map.of("type", "password", "value", password))));
        giveRole(username, role);
    }

    private static Map<String, List<String>> listsOf(Map<String, String> attributes) {
        return attributes.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> List.of(entry.getValue())));
    }

    void changePerson(String username, Map<String, Object> fields) {
        send("PUT", "users/" + personOf(username), fields);
    }

    void giveRole(String username, String role) {
        send("POST", rolesOf(username), List.of(get("roles/" + role)));
    }

    void takeRole(String username, String role) {
        send("DELETE", rolesOf(username), List.of(get("roles/" + role)));
    }

    private String rolesOf(String username) {
        return "users/" + personOf(username) + "/role-mappings/realm";
    }

    /** Signs the person out of all sessions. */
    void signOut(String username) {
        send("POST", "users/" + personOf(username) + "/logout", Map.of());
    }

    int countSessions(String username) {
        return get("users/" + personOf(username) + "/sessions").size();
    }

    boolean isLockedOut(String username) {
        return get("attack-detection/brute-force/users/" + personOf(username))
                .path("disabled")
                .asBoolean();
    }

    void setAccessTokenLife(String client, Duration life) {
        send(
                "PUT",
                "clients/" + clientOf(client).path("id").asText(),
                Map.of("attributes", Map.of("access.token.lifespan", Long.toString(life.toSeconds()))));
    }

    /** Stops the process without an end of its connections. */
    void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    void thaw() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        for (ProcessHandle each : Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList()) {
            assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(each.pid()))
                            .start()
                            .waitFor())
                    .isZero();
        }
    }

    private String personOf(String username) {
        return get("users?exact=true&username=" + username).get(0).path("id").asText();
    }

    private JsonNode clientOf(String id) {
        return get("clients?clientId=" + id).get(0);
    }

    private JsonNode get(String path) {
        return send("GET", path, Map.of());
    }

    private JsonNode send(String method, String path, Object body) {
        // The administrator's token lives for a minute.
        String token = requestToken(
                "master",
                Map.of("grant_type", "password", "client_id", "admin-cli", "username", ADMIN, "password", ADMIN));
        try {
            return sendRequest(HttpRequest.newBuilder(URI.create(root + "/admin/realms/voyage/" + path))
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", "application/json")
                    .method(
                            method,
                            method.equals("GET")
                                    ? BodyPublishers.noBody()
                                    : BodyPublishers.ofString(JSON.writeValueAsString(body))));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the answer to a password grant by the client that each realm has for the command line. */
    HttpResponse<String> requestTokenByPassword(String person, String password, String scope)
            throws IOException, InterruptedException {
        Map<String, String> form = Map.of(
                "grant_type",
                "password",
                "client_id",
                "admin-cli",
                "username",
                person,
                "password",
                password,
                "scope",
                scope);
        return http.send(tokenRequest("voyage", form).build(), BodyHandlers.ofString());
    }

    private String requestToken(String realm, Map<String, String> form) {
        return sendRequest(tokenRequest(realm, form)).path("access_token").asText();
    }

    private HttpRequest.Builder tokenRequest(String realm, Map<String, String> form) {
        String fields = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return HttpRequest.newBuilder(URI.create(root + "/realms/" + realm + "/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(fields));
    }

    private JsonNode sendRequest(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
            assertThat(answer.statusCode())
                    .as("%s: %s", answer.uri(), answer.body())
                    .isBetween(200, 299);
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        thaw();
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        process.waitFor(10, TimeUnit.SECONDS);
        http.close();
    }
}
