package org.voyage.local;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;

/**
 * Small OpenID provider for one machine: discovery, keys, and tokens by the client credentials grant for the seeded
 * {@link IssuerClients}. Its secrets are public. So its discovery document names it ({@code "software_id":
 * "voyage-local"}), and services in production refuse it.
 */
public final class TokenIssuer implements AutoCloseable {
    private static final Duration TOKEN_LIFETIME = Duration.ofHours(12);

    private final RSAKey key;
    private final String issuer;
    private final Clock clock;
    private final HttpServer server;

    private TokenIssuer(RSAKey key, String issuer, InetSocketAddress address, Clock clock) throws IOException {
        this.key = key;
        this.issuer = issuer;
        this.clock = clock;
        this.server = HttpServer.create(address, 0);
    }

    /**
     * Starts on the loopback address. The signing key is kept in {@code folder}, so that tokens outlive a restart.
     *
     * @throws StartFailedException with one sentence for people
     */
    public static TokenIssuer start(Path folder, int port) {
        return start(folder, "http://localhost:" + port, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    static TokenIssuer start(Path folder, String issuer, InetSocketAddress address) {
        try {
            TokenIssuer started = new TokenIssuer(SigningKey.loadOrCreate(folder), issuer, address, Clock.systemUTC());
            started.startServer();
            return started;
        } catch (IOException e) {
            throw new StartFailedException(
                    "The token issuer cannot start on port " + address.getPort() + ": " + e.getMessage() + ".", e);
        }
    }

    private void startServer() {
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> sendResponse(exchange, 404, Map.of("error", "not_found")));
        server.createContext("/health", exchange -> sendResponse(exchange, 200, Map.of("status", "UP")));
        server.createContext("/jwks", exchange -> sendResponse(exchange, 200, new JWKSet(key).toJSONObject(true)));
        server.createContext(
                "/.well-known/openid-configuration", exchange -> sendResponse(exchange, 200, discoveryDocument()));
        server.createContext("/token", this::handleTokenRequest);
        server.start();
    }

    public String url() {
        return issuer;
    }

    private Map<String, Object> discoveryDocument() {
        return Map.of(
                "issuer", issuer,
                "software_id", "voyage-local",
                "token_endpoint", issuer + "/token",
                "jwks_uri", issuer + "/jwks",
                "response_types_supported", List.of("token"),
                "subject_types_supported", List.of("public"),
                "id_token_signing_alg_values_supported", List.of("RS256"),
                "grant_types_supported", List.of("client_credentials"),
                "token_endpoint_auth_methods_supported", List.of("client_secret_basic", "client_secret_post"));
    }

    private void handleTokenRequest(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestMethod().equals("POST")) {
            exchange.getResponseHeaders().set("Allow", "POST");
            sendResponse(exchange, 405, Map.of("error", "invalid_request"));
            return;
        }
        TokenRequest request = TokenRequest.readRequest(exchange);
        if (!request.grantType().equals("client_credentials")) {
            sendResponse(exchange, 400, Map.of("error", "unsupported_grant_type"));
            return;
        }
        var claims = IssuerClients.claimsOf(request.clientId());
        if (claims.isEmpty() || !equalsInConstantTime(request.secret(), IssuerClients.secretOf(request.clientId()))) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"voyage\"");
            sendResponse(exchange, 401, Map.of("error", "invalid_client"));
            return;
        }
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        sendResponse(
                exchange,
                200,
                Map.of(
                        "access_token", signToken(claims.get()),
                        "token_type", "Bearer",
                        "expires_in", TOKEN_LIFETIME.toSeconds()));
    }

    private static boolean equalsInConstantTime(String given, String expected) {
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
    }

    private String signToken(Map<String, Object> identity) {
        Instant now = clock.instant();
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(issuer)
                .audience("voyage")
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(TOKEN_LIFETIME)));
        identity.forEach(claims::claim);
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), claims.build());
        try {
            token.sign(new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("the local signing key does not sign", e);
        }
        return token.serialize();
    }

    private static void sendResponse(HttpExchange exchange, int status, Map<String, Object> body) throws IOException {
        byte[] bytes = JSONObjectUtils.toJSONString(body).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        try (exchange) {
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
