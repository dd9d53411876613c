package org.voyage.local;

import com.nimbusds.jose.util.JSONObjectUtils;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;

/**
 * Small OpenID provider for one machine: discovery, keys, tokens by the client credentials grant for the seeded {@link
 * IssuerClients}, and the code flow for the seeded {@link IssuerPerson}s. Its secrets are public. So its discovery
 * document names it ({@code "software_id": "voyage-local"}), and services in production refuse it.
 */
public final class TokenIssuer implements AutoCloseable {
    private static final Duration TOKEN_LIFETIME = Duration.ofHours(12);

    /** Audience of the tokens that the services accept. */
    static final String AUDIENCE = "voyage";

    private final String issuer;
    /** Address under which browsers reach the issuer; not that of the services in a network of containers. */
    private final String publicUrl;

    private final TokenSigner signer;
    private final PersonTokens people;
    private final HttpServer server;

    private TokenIssuer(Path folder, String issuer, String publicUrl, InetSocketAddress address, Clock clock)
            throws IOException {
        this.issuer = issuer;
        this.publicUrl = publicUrl;
        this.signer = new TokenSigner(SigningKey.loadOrCreate(folder), issuer, clock);
        this.people = new PersonTokens(signer, EndedSessions.load(folder), clock);
        this.server = HttpServer.create(address, 0);
    }

    /**
     * Starts on the loopback address. The signing key is kept in {@code folder}, so that tokens outlive a restart.
     *
     * @throws StartFailedException with one sentence for people
     */
    public static TokenIssuer start(Path folder, int port) {
        String url = "http://localhost:" + port;
        return start(folder, url, url, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    static TokenIssuer start(Path folder, String issuer, String publicUrl, InetSocketAddress address) {
        try {
            TokenIssuer started = new TokenIssuer(folder, issuer, publicUrl, address, Clock.systemUTC());
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
        server.createContext("/jwks", exchange -> sendResponse(exchange, 200, signer.publicKeys()));
        server.createContext(
                "/.well-known/openid-configuration", exchange -> sendResponse(exchange, 200, discoveryDocument()));
        server.createContext("/token", this::handleTokenRequest);
        new PersonEndpoints(people, issuer).register(server);
        server.start();
    }

    public String url() {
        return issuer;
    }

    private Map<String, Object> discoveryDocument() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("issuer", issuer);
        document.put("software_id", "voyage-local");
        document.put("authorization_endpoint", publicUrl + "/authorize");
        document.put("token_endpoint", issuer + "/token");
        document.put("userinfo_endpoint", issuer + "/userinfo");
        document.put("end_session_endpoint", issuer + "/end-session");
        document.put("jwks_uri", issuer + "/jwks");
        document.put("response_types_supported", List.of("code", "token"));
        document.put("subject_types_supported", List.of("public"));
        document.put("id_token_signing_alg_values_supported", List.of("RS256"));
        document.put("code_challenge_methods_supported", List.of("S256"));
        document.put("authorization_response_iss_parameter_supported", true);
        document.put("grant_types_supported", List.of("client_credentials", "authorization_code", "refresh_token"));
        document.put("token_endpoint_auth_methods_supported", List.of("client_secret_basic", "client_secret_post"));
        return document;
    }

    private void handleTokenRequest(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestMethod().equals("POST")) {
            exchange.getResponseHeaders().set("Allow", "POST");
            sendResponse(exchange, 405, Map.of("error", "invalid_request"));
            return;
        }
        TokenRequest request = TokenRequest.readRequest(exchange);
        switch (request.field("grant_type")) {
            case "client_credentials" -> sendClientToken(exchange, request);
            case "authorization_code", "refresh_token" -> sendPersonTokens(exchange, request);
            default -> sendResponse(exchange, 400, Map.of("error", "unsupported_grant_type"));
        }
    }

    private void sendClientToken(HttpExchange exchange, TokenRequest request) throws IOException {
        var claims = IssuerClients.claimsOf(request.clientId());
        if (claims.isEmpty() || !isSecretRight(request)) {
            refuseClient(exchange);
            return;
        }
        sendTokens(
                exchange,
                Map.of(
                        "access_token",
                        signer.signToken(AUDIENCE, TOKEN_LIFETIME, claims.get()),
                        "token_type",
                        "Bearer",
                        "expires_in",
                        TOKEN_LIFETIME.toSeconds()));
    }

    private void sendPersonTokens(HttpExchange exchange, TokenRequest request) throws IOException {
        if (!request.clientId().equals(AuthorizationRequest.CLIENT_ID) || !isSecretRight(request)) {
            refuseClient(exchange);
            return;
        }
        Optional<Map<String, Object>> tokens = request.field("grant_type").equals("refresh_token")
                ? people.refreshTokens(request.field("refresh_token"))
                : people.exchangeCode(
                        request.field("code"), request.field("code_verifier"), request.field("redirect_uri"));
        if (tokens.isEmpty()) {
            sendResponse(exchange, 400, Map.of("error", "invalid_grant"));
        } else {
            sendTokens(exchange, tokens.get());
        }
    }

    private static boolean isSecretRight(TokenRequest request) {
        return equalsInConstantTime(request.secret(), IssuerClients.secretOf(request.clientId()));
    }

    private static void refuseClient(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"voyage\"");
        sendResponse(exchange, 401, Map.of("error", "invalid_client"));
    }

    private static void sendTokens(HttpExchange exchange, Map<String, Object> tokens) throws IOException {
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        sendResponse(exchange, 200, tokens);
    }

    private static boolean equalsInConstantTime(String given, String expected) {
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
    }

    static void sendResponse(HttpExchange exchange, int status, Map<String, Object> body) throws IOException {
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
