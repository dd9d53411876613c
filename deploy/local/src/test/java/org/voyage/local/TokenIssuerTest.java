package org.voyage.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenIssuerTest {
    private static final String REDIRECT = "http://localhost:8087/sign-in/return";
    private static final String VERIFIER = "a-verifier-of-at-least-forty-three-characters-0";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    @Test
    void aTokenVerifiesByTheKeysThatTheDiscoveryDocumentNames() throws Exception {
        try (TokenIssuer issuer = TokenIssuer.start(folder, LoopbackPorts.findFreePort())) {
            SignedJWT token = token(issuer, "bureau-12");
            Map<String, Object> discovery = json(issuer.url() + "/.well-known/openid-configuration");
            assertThat(token.verify(verifier(String.valueOf(discovery.get("jwks_uri")), token)))
                    .isTrue();
            assertThat(token.getJWTClaimsSet().getIssuer()).isEqualTo(discovery.get("issuer"));
            assertThat(token.getJWTClaimsSet().getAudience()).containsExactly("voyage");
            assertThat(token.getJWTClaimsSet().getStringListClaim("roles")).containsExactly("bureau");
            assertThat(token.getJWTClaimsSet().getStringClaim("province")).isEqualTo("12");
            assertThat(discovery).containsEntry("software_id", "voyage-local");
        }
    }

    @Test
    void aTokenOutlivesARestartOfTheIssuer() throws Exception {
        int port = LoopbackPorts.findFreePort();
        SignedJWT token;
        try (TokenIssuer issuer = TokenIssuer.start(folder, port)) {
            token = token(issuer, "operator");
        }
        try (TokenIssuer again = TokenIssuer.start(folder, port)) {
            assertThat(token.verify(verifier(again.url() + "/jwks", token))).isTrue();
        }
    }

    @Test
    void theKeySetHoldsNoPrivateKey() throws Exception {
        try (TokenIssuer issuer = TokenIssuer.start(folder, LoopbackPorts.findFreePort())) {
            assertThat(JWKSet.load(URI.create(issuer.url() + "/jwks").toURL()).getKeys())
                    .hasSize(1)
                    .noneMatch(key -> key.isPrivate());
        }
    }

    @Test
    void aClientMayAuthenticateByBasic() throws Exception {
        try (TokenIssuer issuer = TokenIssuer.start(folder, LoopbackPorts.findFreePort())) {
            String pair = Base64.getEncoder().encodeToString("auditor:local-auditor".getBytes(StandardCharsets.UTF_8));
            HttpResponse<String> answer = HTTP.send(
                    request(issuer, "grant_type=client_credentials")
                            .header("Authorization", "Basic " + pair)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
        }
    }

    @Test
    void whoIsNotSeededOrHasAnotherSecretGetsNoToken() throws Exception {
        try (TokenIssuer issuer = TokenIssuer.start(folder, LoopbackPorts.findFreePort())) {
            assertThat(ask(issuer, "bureau-12", "local-bureau-13").statusCode()).isEqualTo(401);
            assertThat(ask(issuer, "bureau-71", "local-bureau-71").statusCode()).isEqualTo(401);
            assertThat(ask(issuer, "nobody", "local-nobody").statusCode()).isEqualTo(401);
            assertThat(ask(issuer, "", "").statusCode()).isEqualTo(401);
        }
    }

    @Test
    void aPersonGetsTokensForACodeOnceAndNewOnesUntilTheSessionEnds() throws Exception {
        int port = LoopbackPorts.findFreePort();
        String refresh;
        try (TokenIssuer issuer = TokenIssuer.start(folder, port)) {
            String code = signIn(issuer, "zhou-wei");
            assertThat(exchange(issuer, codeForm(code, "another-verifier-of-forty-three-characters-000")))
                    .containsEntry("error", "invalid_grant");
            code = signIn(issuer, "zhou-wei");
            Map<String, Object> tokens = exchange(issuer, codeForm(code, VERIFIER));
            assertThat(exchange(issuer, codeForm(code, VERIFIER))).containsEntry("error", "invalid_grant");

            SignedJWT access = SignedJWT.parse(JSONObjectUtils.getString(tokens, "access_token"));
            SignedJWT identity = SignedJWT.parse(JSONObjectUtils.getString(tokens, "id_token"));
            assertThat(access.getJWTClaimsSet().getAudience()).containsExactly("voyage");
            assertThat(access.getJWTClaimsSet().getStringListClaim("roles")).containsExactly("bureau");
            assertThat(access.getJWTClaimsSet().getStringClaim("province")).isEqualTo("32");
            assertThat(identity.getJWTClaimsSet().getAudience()).containsExactly("dashboard");
            assertThat(identity.getJWTClaimsSet().getStringClaim("nonce")).isEqualTo("n");
            refresh = JSONObjectUtils.getString(tokens, "refresh_token");
        }
        try (TokenIssuer again = TokenIssuer.start(folder, port)) {
            Map<String, Object> renewed = exchange(again, "grant_type=refresh_token&refresh_token=" + refresh);
            String access = JSONObjectUtils.getString(renewed, "access_token");
            assertThat(userInfo(again, access)).isEqualTo(200);
            post(again, "/end-session", "refresh_token=" + refresh);
            assertThat(userInfo(again, access)).isEqualTo(401);
        }
        try (TokenIssuer third = TokenIssuer.start(folder, port)) {
            assertThat(exchange(third, "grant_type=refresh_token&refresh_token=" + refresh))
                    .containsEntry("error", "invalid_grant");
        }
    }

    @Test
    void aCodeGoesOnlyToTheDashboardOfThisMachine() throws Exception {
        try (TokenIssuer issuer = TokenIssuer.start(folder, LoopbackPorts.findFreePort())) {
            for (String redirect : new String[] {
                "https://evil.example/sign-in/return",
                "http://localhost.evil.example/sign-in/return",
                "http://evil.example@localhost:8087/sign-in/return",
                "http://localhost:8087/elsewhere",
                "javascript:alert(1)"
            }) {
                HttpResponse<String> page = post(issuer, "/authorize", authorizeForm(redirect) + "&person=wang-fang");
                assertThat(page.statusCode()).as(redirect).isEqualTo(400);
                assertThat(page.headers().firstValue("Location")).isEmpty();
            }
        }
    }

    @Test
    void theSignInPageEscapesWhatItIsGiven() throws Exception {
        try (TokenIssuer issuer = TokenIssuer.start(folder, LoopbackPorts.findFreePort())) {
            String page = HTTP.send(
                            HttpRequest.newBuilder(URI.create(issuer.url() + "/authorize?" + authorizeForm(REDIRECT)
                                            + "&state=%22%3E%3Cscript%3E"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            assertThat(page)
                    .contains("王芳", "Wang Fang", "&quot;&gt;&lt;script&gt;")
                    .doesNotContain("<script>");
        }
    }

    private static String authorizeForm(String redirect) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(StandardCharsets.US_ASCII));
        return "response_type=code&client_id=dashboard&nonce=n&code_challenge_method=S256&code_challenge="
                + Base64.getUrlEncoder().withoutPadding().encodeToString(digest) + "&redirect_uri="
                + URLEncoder.encode(redirect, StandardCharsets.UTF_8);
    }

    private static String signIn(TokenIssuer issuer, String person) throws Exception {
        HttpResponse<String> answer = post(issuer, "/authorize", authorizeForm(REDIRECT) + "&state=s&person=" + person);
        String location = answer.headers().firstValue("Location").orElseThrow();
        assertThat(location).startsWith(REDIRECT + "?").contains("&state=s");
        return location.replaceAll("^.*[?&]code=([^&]*).*$", "$1");
    }

    private static String codeForm(String code, String verifier) {
        return "grant_type=authorization_code&code=" + code + "&code_verifier=" + verifier + "&redirect_uri="
                + URLEncoder.encode(REDIRECT, StandardCharsets.UTF_8);
    }

    private static Map<String, Object> exchange(TokenIssuer issuer, String form) throws Exception {
        return JSONObjectUtils.parse(post(issuer, "/token", form + "&client_id=dashboard&client_secret=local-dashboard")
                .body());
    }

    private static HttpResponse<String> post(TokenIssuer issuer, String path, String form) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(issuer.url() + path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static int userInfo(TokenIssuer issuer, String token) throws Exception {
        return HTTP.send(
                        HttpRequest.newBuilder(URI.create(issuer.url() + "/userinfo"))
                                .header("Authorization", "Bearer " + token)
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static SignedJWT token(TokenIssuer issuer, String client) throws Exception {
        String body = ask(issuer, client, IssuerClients.secretOf(client)).body();
        return SignedJWT.parse(JSONObjectUtils.getString(JSONObjectUtils.parse(body), "access_token"));
    }

    private static HttpResponse<String> ask(TokenIssuer issuer, String client, String secret) throws Exception {
        String form = "grant_type=client_credentials&client_id=" + client + "&client_secret=" + secret;
        return HTTP.send(request(issuer, form).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(TokenIssuer issuer, String form) {
        return HttpRequest.newBuilder(URI.create(issuer.url() + "/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
    }

    private static RSASSAVerifier verifier(String jwks, SignedJWT token) throws Exception {
        return new RSASSAVerifier(JWKSet.load(URI.create(jwks).toURL())
                .getKeyByKeyId(token.getHeader().getKeyID())
                .toRSAKey());
    }

    private static Map<String, Object> json(String url) throws Exception {
        return JSONObjectUtils.parse(
                HTTP.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
                        .body());
    }
}
