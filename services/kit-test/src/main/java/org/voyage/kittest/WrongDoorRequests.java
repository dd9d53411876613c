package org.voyage.kittest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voyage.kittest.PersonalDataCanary.IDENTITY_NUMBER;
import static org.voyage.kittest.PersonalDataCanary.NAME;
import static org.voyage.kittest.PersonalDataCanary.PASSPORT;
import static org.voyage.kittest.PersonalDataCanary.PERSONAL_FIELDS;
import static org.voyage.kittest.PersonalDataCanary.SURNAMED;

import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Requests that carry the canary where no person belongs: in paths, queries, headers and bodies. Queries carry numbers of
 * documents, because a name without its row cannot be recognised: an answer may repeat it to its sender as a wrong code.
 */
public final class WrongDoorRequests {

    private WrongDoorRequests() {}

    /**
     * Sends the canary to each path, and requires that no answer, log, metric or table repeats it.
     *
     * @param caller begins a request of a caller who may use the paths
     * @param paths of collections
     */
    public static void assertRepeatedNowhere(Supplier<RequestSpecification> caller, List<String> paths)
            throws SQLException {
        List<Response> answers = new ArrayList<>();
        List<String> log;
        try (LogRecorder recorder = LogRecorder.start()) {
            for (String path : paths) {
                answers.addAll(sendAll(caller, path));
            }
            answers.add(RestAssured.get("/q/metrics"));
            log = recorder.lines();
        }
        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.statusCode()).isLessThan(500))
                .extracting(answer -> answer.headers() + "\n" + answer.asString())
                .allSatisfy(PersonalDataCanary::assertSilent);
        assertThat(log).allSatisfy(PersonalDataCanary::assertSilent);
        CanarySearch.searchTables(List.of("public.audit_entry"));
    }

    private static List<Response> sendAll(Supplier<RequestSpecification> caller, String path) {
        String person = "{" + PERSONAL_FIELDS + ",\"" + IDENTITY_NUMBER + "\":1}";
        return List.of(
                caller.get().get(path + "/" + NAME + " " + PASSPORT),
                caller.get().get(path + "/" + IDENTITY_NUMBER + "/" + SURNAMED),
                caller.get().queryParam(IDENTITY_NUMBER, PASSPORT).get(path),
                caller.get()
                        .queryParam("limit", PASSPORT)
                        .queryParam("cursor", IDENTITY_NUMBER)
                        .get(path),
                caller.get()
                        .queryParam("code", PASSPORT)
                        .queryParam("province", IDENTITY_NUMBER)
                        .queryParam("format", PASSPORT)
                        .get(path),
                caller.get()
                        .header("X-Request-Id", PASSPORT)
                        .header("Idempotency-Key", "\"" + NAME + "\"")
                        .header("User-Agent", NAME)
                        .header("Prefer", NAME)
                        .header("If-None-Match", PASSPORT)
                        .header("Last-Event-ID", PASSPORT)
                        .get(path),
                caller.get().contentType("application/json").body(person).post(path),
                caller.get().contentType("application/json").body("{\"" + NAME).post(path),
                caller.get().contentType("text/csv").body(NAME + "," + PASSPORT).post(path),
                caller.get().contentType("application/json").body(person).put(path + "/" + NAME),
                caller.get().contentType("application/json").body(person).patch(path + "/" + PASSPORT),
                caller.get().queryParam("reason", IDENTITY_NUMBER).delete(path + "/" + PASSPORT));
    }
}
