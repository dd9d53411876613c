package org.voyage.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Integration test of {@code ./voyage token} as a separate process. */
class TokenCommandIT {
    @TempDir
    static Path folder;

    private static int basePort;
    private static TokenIssuer issuer;

    @BeforeAll
    static void start() {
        basePort = LauncherProcess.freeBasePort();
        issuer = TokenIssuer.start(folder, basePort + TokenCommand.ISSUER_PORT_OFFSET);
    }

    @AfterAll
    static void stop() {
        issuer.close();
    }

    @ParameterizedTest
    @CsvSource({
        "--role operator, operator, ,",
        "--role auditor, auditor, ,",
        "--role privacy-officer, privacy-officer, ,",
        "--role bureau --province 32, bureau, 32,",
        "--province 66 --role bureau, bureau, 66,",
        "--role alliance --alliance WFCP, alliance, , WFCP"
    })
    void it_prints_a_token_of_the_issuer_and_nothing_else(String options, String role, String province, String alliance)
            throws Exception {
        ProgramResult ran = runCommand(options);
        assertThat(ran.complained()).isEmpty();
        assertThat(ran.status()).isZero();
        assertThat(ran.output()).matches("[\\w.-]+\n");
        SignedJWT token = SignedJWT.parse(ran.output().strip());
        assertThat(token.verify(new RSASSAVerifier(
                        JWKSet.load(URI.create(issuer.url() + "/jwks").toURL())
                                .getKeyByKeyId(token.getHeader().getKeyID())
                                .toRSAKey())))
                .isTrue();
        assertThat(token.getJWTClaimsSet().getStringListClaim("roles")).containsExactly(role);
        assertThat(token.getJWTClaimsSet().getStringClaim("province")).isEqualTo(province);
        assertThat(token.getJWTClaimsSet().getStringClaim("alliance")).isEqualTo(alliance);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--role",
                "--role minister",
                "--role bureau",
                "--role bureau --province 71",
                "--role bureau --province Jiangsu",
                "--role alliance",
                "--role alliance --alliance wfcp",
                "--role operator --rolle bureau",
                "--role operator --base-port 99999"
            })
    void an_invalid_option_is_refused_in_one_sentence(String options) throws Exception {
        requireOneSentence(runCommand(options));
    }

    @Test
    void without_an_issuer_it_says_how_to_start_one() throws Exception {
        int other = LauncherProcess.freeBasePort();
        ProgramResult ran =
                ProgramResult.run(TokenCommand.class, "--role", "operator", "--base-port", Integer.toString(other));
        requireOneSentence(ran);
        assertThat(ran.complained()).contains("No token issuer answers on port " + (other + 6), "./voyage up");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html></html>", "{}", "[]", ""})
    void an_answer_of_another_program_is_no_token(String body) throws Exception {
        int other = LauncherProcess.freeBasePort();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), other + 6), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, body.isEmpty() ? -1 : body.length());
                exchange.getResponseBody().write(body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
        });
        server.start();
        try {
            requireOneSentence(ProgramResult.run(
                    TokenCommand.class, "--role", "operator", "--base-port", Integer.toString(other)));
        } finally {
            server.stop(0);
        }
    }

    private static ProgramResult runCommand(String options) throws Exception {
        List<String> arguments = new ArrayList<>();
        if (!options.contains("--base-port")) {
            arguments.addAll(List.of("--base-port", Integer.toString(basePort)));
        }
        if (!options.isEmpty()) {
            arguments.addAll(List.of(options.split(" ")));
        }
        return ProgramResult.run(TokenCommand.class, arguments.toArray(String[]::new));
    }

    private static void requireOneSentence(ProgramResult ran) {
        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.output()).isEmpty();
        assertThat(ran.complained().lines()).singleElement().asString().matches(".*[.?]");
    }
}
