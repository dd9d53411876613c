package org.voyage.kit.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dhatim.fastexcel.Workbook;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestServers;
import org.voyage.kittest.TestTokens;

@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class BatchProgressIT {

    private static final int ROWS = 1_500;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    static Stream<Arguments> files() throws IOException {
        return Stream.of(
                Arguments.of("application/x-ndjson", text("", "{\"sourceId\":\"P%d\",\"name\":\"n%d\"}\n")),
                Arguments.of("text/csv", text("sourceId,name\n", "P%d,n%d\n")),
                Arguments.of("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsx()));
    }

    /** Another transaction writes the row in the middle, so the batch waits there. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void a_batch_says_how_much_of_its_file_it_has_worked_on(String type, byte[] file) throws SQLException {
        String batch;
        try (var other = TestServers.connect("voyage", TestServers.ownerOf("voyage"), "12");
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("delete from thing where source_id like 'P%'");
            other.commit();
            statement.execute("insert into thing values ('12', 'P" + ROWS / 2 + "', 'mine', null)");
            Response posted = bureau().header("Prefer", "respond-async")
                    .contentType(type)
                    .body(file)
                    .post("/v1/things/batches");
            posted.then().statusCode(202).body("bytes", equalTo(file.length)).body("bytesRead", equalTo(0));
            batch = posted.header("Location");
            await().atMost(TIMEOUT)
                    .untilAsserted(() ->
                            assertThat(getBatch(batch).getInt("counts.rows")).isBetween(ROWS / 2 - 3, ROWS / 2));
            JsonPath half = getBatch(batch);
            assertThat(half.getString("state")).isEqualTo("running");
            assertThat(half.getInt("bytes")).isEqualTo(file.length);
            assertThat(half.getDouble("bytesRead") / file.length).isBetween(0.4, 0.7);
            other.rollback();
        }

        await().atMost(TIMEOUT)
                .untilAsserted(
                        () -> assertThat(getBatch(batch).getString("state")).isEqualTo("done"));
        assertThat(getBatch(batch).getInt("counts.created")).isEqualTo(ROWS);
        assertThat(getBatch(batch).getInt("bytesRead")).isEqualTo(file.length);
    }

    private static JsonPath getBatch(String batch) {
        return bureau().get(batch).jsonPath();
    }

    private static RequestSpecification bureau() {
        var asIs = EncoderConfig.encoderConfig().appendDefaultContentCharsetToContentTypeIfUndefined(false);
        return given().config(RestAssuredConfig.config().encoderConfig(asIs))
                .auth()
                .oauth2(TestTokens.bureauToken("12"));
    }

    private static byte[] text(String first, String row) {
        StringBuilder text = new StringBuilder(first);
        IntStream.rangeClosed(1, ROWS).forEach(i -> text.append(row.formatted(i, i)));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] xlsx() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Workbook book = new Workbook(out, "Clerk", null)) {
            var sheet = book.newWorksheet("物品");
            sheet.value(0, 0, "sourceId");
            sheet.value(0, 1, "name");
            for (int i = 1; i <= ROWS; i++) {
                sheet.value(i, 0, "P" + i);
                sheet.value(i, 1, "n" + i);
            }
        }
        return out.toByteArray();
    }
}
