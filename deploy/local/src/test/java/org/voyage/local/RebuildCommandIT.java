package org.voyage.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Integration test of {@code ./voyage rebuild} as a separate process, against a stub of indicators. */
class RebuildCommandIT {

    private static final String DONE_BODY = """
            {"state":"done","events":7,"cells":5,"repaired":1,"evidence":false,"proof":"11111111-2222-3333-4444-555555555555"}""";

    @TempDir
    Path folder;

    private final Deque<CannedResponse> answers = new ArrayDeque<>();
    private final AtomicInteger asked = new AtomicInteger();
    private int basePort;
    private TokenIssuer issuer;
    private HttpServer indicators;

    private record CannedResponse(int status, String body) {
        static CannedResponse ofProblem(int status, String detail) {
            return new CannedResponse(status, "{\"status\":" + status + ",\"detail\":\"" + detail + "\"}");
        }
    }

    @BeforeEach
    void start() throws IOException {
        basePort = LauncherProcess.freeBasePort();
        issuer = TokenIssuer.start(folder, basePort + TokenCommand.ISSUER_PORT_OFFSET);
        indicators = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), basePort), 0);
        indicators.createContext("/v1/rebuilds", exchange -> {
            exchange.getResponseHeaders().add("Location", "/v1/rebuilds/1");
            sendAnswer(exchange, new CannedResponse(202, "{\"state\":\"reading\"}"));
        });
        indicators.createContext("/v1/rebuilds/1", exchange -> {
            asked.incrementAndGet();
            sendAnswer(exchange, answers.size() > 1 ? answers.pop() : answers.getFirst());
        });
        indicators.start();
    }

    @AfterEach
    void stop() {
        indicators.stop(0);
        issuer.close();
    }

    private static void sendAnswer(HttpExchange exchange, CannedResponse answer) throws IOException {
        try (exchange) {
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Retry-After", "0");
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 500})
    void an_answer_that_is_no_progress_ends_it_with_what_is_wrong(int status) throws Exception {
        answers.add(CannedResponse.ofProblem(status, "So it is."));

        ProgramResult ran = runRebuild();

        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.complained()).contains("So it is.").doesNotContain("null");
        assertThat(asked).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void an_answer_to_come_later_is_retried(int status) throws Exception {
        answers.addAll(List.of(
                CannedResponse.ofProblem(status, "Later."),
                CannedResponse.ofProblem(status, "Later."),
                new CannedResponse(200, DONE_BODY)));

        ProgramResult ran = runRebuild();

        assertThat(ran.status()).isZero();
        assertThat(ran.output()).contains("Rebuilt from 7 events", "/v1/proofs/11111111-2222-3333-4444-555555555555");
    }

    @Test
    void retries_end_at_a_limit() throws Exception {
        answers.add(CannedResponse.ofProblem(503, "Later."));

        ProgramResult ran = runRebuild();

        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.complained()).contains("Later.");
    }

    @ParameterizedTest
    @CsvSource({
        "false, Not rebuilt: the old figures go on serving. Too slow.",
        "true, 'The evidence is rebuilt (3 versions repaired), the figures are not'"
    })
    void the_outcome_of_a_failed_rebuild_is_reported(boolean replaced, String told) throws Exception {
        answers.add(new CannedResponse(
                200,
                "{\"state\":\"failed\",\"evidence\":true,\"evidenceReplaced\":" + replaced
                        + ",\"repairedVersions\":3,\"reason\":\"Too slow.\"}"));

        ProgramResult ran = runRebuild();

        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.output()).contains(told, "Too slow.");
    }

    private ProgramResult runRebuild() throws Exception {
        return ProgramResult.run(RebuildCommand.class, "--base-port", Integer.toString(basePort));
    }
}
