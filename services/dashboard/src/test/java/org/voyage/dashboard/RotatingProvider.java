package org.voyage.dashboard;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * OpenID provider that differs from Keycloak: its tokens have no {@code sid}, its refresh tokens are used once, and only a
 * browser ends a session. It can be away, silent or slow.
 */
final class RotatingProvider implements AutoCloseable {
    private final int port;
    private final RSAKey key;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private @Nullable HttpServer server;

    /** Person of each session. */
    private final Map<String, String> sessions = new ConcurrentHashMap<>();
    /** Session of each code, access token, ID token and unused refresh token. */
    private final Map<String, String> tokens = new ConcurrentHashMap<>();

    private final Set<String> revoked = ConcurrentHashMap.newKeySet();
    private final AtomicInteger refreshes = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();
    private final Map<String, AtomicInteger> checks = new ConcurrentHashMap<>();
    private final AtomicInteger doubleChecks = new AtomicInteger();
    private final AtomicLong latestSession = new AtomicLong();
    private volatile Duration life = Duration.ofMinutes(10);
    private volatile Duration checkTime = Duration.ZERO;
    private volatile CountDownLatch silence = new CountDownLatch(0);

    private RotatingProvider(int port) throws JOSEException {
        this.port = port;
        this.key = new RSAKeyGenerator(2048)
                .algorithm(JWSAlgorithm.RS256)
                .keyID("only")
                .generate();
    }

    static RotatingProvider start(int port) throws IOException, JOSEException {
        RotatingProvider provider = new RotatingProvider(port);
        provider.comeBack();
        return provider;
    }

    String url() {
        return "http://localhost:" + port;
    }

    /** Sets the life of the access tokens and ID tokens that follow. */
    void setLife(Duration wanted) {
        life = wanted;
    }

    /** Sets how long the answer to a check of a session takes. */
    void setCheckTime(Duration wanted) {
        checkTime = wanted;
    }

    /** Ends all connections and accepts none. */
    void goAway() {
        if (server != null) {
            server.stop(0);
            server = null;
        }
    }

    void comeBack() throws IOException {
        HttpServer started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
        started.setExecutor(threads);
        started.createContext("/.well-known/openid-configuration", exchange -> send(exchange, 200, discovery()));
        started.createContext("/jwks", exchange -> send(exchange, 200, new JWKSet(key).toJSONObject(true)));
        started.createContext("/authorize", this::authorize);
        started.createContext("/token", this::answerToken);
        started.createContext("/userinfo", this::checkSession);
        started.createContext("/revoke", this::revokeToken);
        started.createContext("/end-session", this::endSessionOfBrowser);
        started.start();
        server = started;
    }

    /** Accepts connections and answers none until {@link #speakAgain}. */
    void fallSilent() {
        silence = new CountDownLatch(1);
    }

    void speakAgain() {
        silence.countDown();
    }

    /** Returns the newest session. */
    String latestSession() {
        return Long.toString(latestSession.get());
    }

    void endSession(String session) {
        sessions.remove(session);
    }

    boolean isAlive(String session) {
        return sessions.containsKey(session);
    }

    Set<String> revokedSessions() {
        return revoked;
    }

    int refreshes() {
        return refreshes.get();
    }

    int refusals() {
        return refusals.get();
    }

    /** Returns how often a session was checked while a check of it was in progress. */
    int doubleChecks() {
        return doubleChecks.get();
    }

    void forgetChecks() {
        checks.clear();
    }

    /** Returns how many sessions were checked since {@link #forgetChecks}. */
    int checkedSessions() {
        return checks.size();
    }

    private Map<String, Object> discovery() {
        return Map.ofEntries(
                Map.entry("issuer", url()),
                Map.entry("authorization_endpoint", url() + "/authorize"),
                Map.entry("token_endpoint", url() + "/token"),
                Map.entry("userinfo_endpoint", url() + "/userinfo"),
                Map.entry("jwks_uri", url() + "/jwks"),
                Map.entry("revocation_endpoint", url() + "/revoke"),
                Map.entry("end_session_endpoint", url() + "/end-session"),
                Map.entry("response_types_supported", List.of("code")),
                Map.entry("subject_types_supported", List.of("public")),
                Map.entry("id_token_signing_alg_values_supported", List.of("RS256")));
    }

    /** Signs the person of the query in. */
    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> query = fields(exchange.getRequestURI().getRawQuery());
        String session = Long.toString(latestSession.incrementAndGet());
        sessions.put(session, query.getOrDefault("person", "wang-fang"));
        String code = UUID.randomUUID().toString();
        tokens.put(code, session);
        redirect(
                exchange,
                query.get("redirect_uri") + "?code=" + code + "&state="
                        + URLEncoder.encode(query.getOrDefault("state", ""), StandardCharsets.UTF_8));
    }

    private void answerToken(HttpExchange exchange) throws IOException {
        Map<String, String> form = fields(readBody(exchange));
        awaitVoice();
        boolean refresh = "refresh_token".equals(form.get("grant_type"));
        String session = tokens.remove(form.getOrDefault(refresh ? "refresh_token" : "code", ""));
        if (session == null || !sessions.containsKey(session)) {
            refusals.incrementAndGet();
            send(exchange, 400, Map.of("error", "invalid_grant"));
            return;
        }
        if (refresh) {
            refreshes.incrementAndGet();
        }
        String next = UUID.randomUUID().toString();
        tokens.put(next, session);
        send(
                exchange,
                200,
                Map.of(
                        "access_token",
                        sign(session, "voyage"),
                        "id_token",
                        sign(session, "dashboard"),
                        "refresh_token",
                        next,
                        "token_type",
                        "Bearer",
                        "expires_in",
                        life.toSeconds()));
    }

    private String sign(String session, String audience) {
        Instant now = Instant.now();
        String person = sessions.getOrDefault(session, "");
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
                new JWTClaimsSet.Builder()
                        .issuer(url())
                        .audience(audience)
                        .subject(person)
                        .jwtID(UUID.randomUUID().toString())
                        .claim("roles", List.of("operator"))
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plus(life)))
                        .build());
        try {
            token.sign(new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        tokens.put(token.serialize(), session);
        return token.serialize();
    }

    private void checkSession(HttpExchange exchange) throws IOException {
        awaitVoice();
        String token = exchange.getRequestHeaders().getFirst("Authorization").substring("Bearer ".length());
        String session = tokens.getOrDefault(token, "");
        AtomicInteger inProgress = checks.computeIfAbsent(session, _ -> new AtomicInteger());
        if (inProgress.incrementAndGet() > 1) {
            doubleChecks.incrementAndGet();
        }
        await(new CountDownLatch(1), checkTime);
        inProgress.decrementAndGet();
        boolean holds = sessions.containsKey(session) && !isExpired(token);
        send(exchange, holds ? 200 : 401, Map.of("sub", sessions.getOrDefault(session, "")));
    }

    private static boolean isExpired(String token) {
        try {
            return SignedJWT.parse(token)
                    .getJWTClaimsSet()
                    .getExpirationTime()
                    .toInstant()
                    .isBefore(Instant.now());
        } catch (ParseException e) {
            return true;
        }
    }

    private void revokeToken(HttpExchange exchange) throws IOException {
        String session = tokens.remove(fields(readBody(exchange)).getOrDefault("token", ""));
        if (session != null) {
            revoked.add(session);
        }
        send(exchange, 200, Map.of());
    }

    /** Ends the session of a browser that comes with an ID token; shows any other client a page. */
    private void endSessionOfBrowser(HttpExchange exchange) throws IOException {
        Map<String, String> query = fields(exchange.getRequestURI().getRawQuery());
        String session = tokens.get(query.getOrDefault("id_token_hint", ""));
        if (exchange.getRequestMethod().equals("GET") && session != null) {
            endSession(session);
            redirect(exchange, query.getOrDefault("post_logout_redirect_uri", url()));
        } else {
            readBody(exchange);
            send(exchange, 200, Map.of("page", "Do you want to sign out?"));
        }
    }

    private void awaitVoice() {
        await(silence, Duration.ofSeconds(60));
    }

    private static void await(CountDownLatch latch, Duration longest) {
        try {
            boolean _ = latch.await(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String readBody(HttpExchange exchange) throws IOException {
        return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static Map<String, String> fields(@Nullable String form) {
        Map<String, String> fields = new HashMap<>();
        for (String pair : (form == null ? "" : form).split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                fields.put(
                        pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return fields;
    }

    private static void redirect(HttpExchange exchange, String address) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Location", address);
            exchange.sendResponseHeaders(302, -1);
        }
    }

    private static void send(HttpExchange exchange, int status, Map<String, Object> body) throws IOException {
        byte[] bytes = new JsonObject(body).encode().getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        speakAgain();
        goAway();
        threads.shutdownNow();
    }
}
