package org.voyage.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenIssuerTest {
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
