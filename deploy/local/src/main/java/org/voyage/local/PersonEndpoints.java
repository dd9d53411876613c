package org.voyage.local;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Endpoints of the local issuer for people: sign-in, who a person is, and the end of a session. */
final class PersonEndpoints {
    private static final String BEARER = "Bearer ";

    private final PersonTokens tokens;
    private final String issuer;

    PersonEndpoints(PersonTokens tokens, String issuer) {
        this.tokens = tokens;
        this.issuer = issuer;
    }

    void register(HttpServer server) {
        server.createContext("/authorize", this::handleSignIn);
        server.createContext("/userinfo", this::sendPerson);
        server.createContext("/end-session", this::endSession);
    }

    private void handleSignIn(HttpExchange exchange) throws IOException {
        boolean chosen = exchange.getRequestMethod().equals("POST");
        Map<String, String> fields = chosen
                ? FormFields.readBody(exchange)
                : FormFields.parse(exchange.getRequestURI().getRawQuery());
        Optional<IssuerPerson> person =
                Optional.ofNullable(fields.remove("person")).flatMap(IssuerPerson::find);
        AuthorizationRequest request = new AuthorizationRequest(fields);
        Optional<String> fault = request.findFault();
        if (fault.isPresent()) {
            sendPage(exchange, 400, SignInPage.renderFault(fault.get()));
        } else if (chosen && person.isPresent()) {
            String code = tokens.issueCode(request, person.get());
            exchange.getResponseHeaders().set("Location", request.redirectWith(code, issuer));
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            sendEmpty(exchange, 303);
        } else {
            sendPage(exchange, 200, SignInPage.render(request));
        }
    }

    private void sendPerson(HttpExchange exchange) throws IOException {
        Optional<Map<String, Object>> person = Optional.ofNullable(
                        exchange.getRequestHeaders().getFirst("Authorization"))
                .filter(header -> header.startsWith(BEARER))
                .flatMap(header -> tokens.findPerson(header.substring(BEARER.length())));
        if (person.isEmpty()) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer error=\"invalid_token\"");
            TokenIssuer.sendResponse(exchange, 401, Map.of("error", "invalid_token"));
        } else {
            TokenIssuer.sendResponse(exchange, 200, person.get());
        }
    }

    /** Ends the session of the refresh token or ID token in the form; any other request changes nothing. */
    private void endSession(HttpExchange exchange) throws IOException {
        Map<String, String> fields = FormFields.readBody(exchange);
        tokens.endSession(fields.getOrDefault("refresh_token", ""));
        tokens.endSession(fields.getOrDefault("id_token_hint", ""));
        sendEmpty(exchange, 204);
    }

    private static void sendPage(HttpExchange exchange, int status, String page) throws IOException {
        byte[] bytes = page.getBytes(StandardCharsets.UTF_8);
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", "text/html; charset=utf-8");
        headers.set("Cache-Control", "no-store");
        headers.set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        try (exchange) {
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static void sendEmpty(HttpExchange exchange, int status) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(status, -1);
        }
    }
}
