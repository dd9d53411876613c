package org.voyage.indicators.feature.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ExtractableResponse;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.voyage.indicators.RunningServiceTest;
import org.voyage.indicators.TestEventLog;
import org.voyage.indicators.evidence.checkpoint.CheckpointHistory;
import org.voyage.indicators.feature.format.ReportFormat;
import org.voyage.indicators.history.EffectiveHistoryFixture;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestTokens;

@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "indicators"))
class ValuesETagIT implements RunningServiceTest {

    private static final String SCHOOLS = "/v1/indicators/overseas-schools/values?by=year,hostCountry";

    @Inject
    CheckpointHistory knowledge;

    @Inject
    DataSource database;

    @ParameterizedTest
    @EnumSource(ReportFormat.class)
    void as_long_as_nothing_changes_the_bytes_and_the_tag_are_the_same(ReportFormat format) {
        String question = SCHOOLS + "&hostCountry=GRL&format=" + format.code();
        ExtractableResponse<Response> first = getAnswer(question);

        ExtractableResponse<Response> second = getAnswer(question);

        assertThat(second.asByteArray()).isEqualTo(first.asByteArray());
        assertThat(second.header("ETag")).isEqualTo(first.header("ETag")).matches("W/\"[A-Za-z0-9_-]{24}\"");
        SchoolValueRequests.getAfterReceipt(question, "If-None-Match", first.header("ETag"))
                .statusCode(304)
                .header("ETag", equalTo(first.header("ETag")))
                .header("Cache-Control", equalTo("private, no-cache"))
                .header("Voyage-Position", equalTo(first.header("Voyage-Position")))
                .body(emptyString());
    }

    @Test
    void every_format_and_every_question_has_a_tag_of_its_own() {
        Set<String> tags = new HashSet<>();
        for (ReportFormat format : ReportFormat.values()) {
            tags.add(getAnswer(SCHOOLS + "&hostCountry=GRL&format=" + format.code())
                    .header("ETag"));
            tags.add(getAnswer(SCHOOLS + "&hostCountry=BMU&format=" + format.code())
                    .header("ETag"));
        }

        assertThat(tags).hasSize(2 * ReportFormat.values().length);
    }

    @Test
    void a_record_that_counts_gives_another_tag() {
        String question = SCHOOLS + "&hostCountry=BMU";
        String before = getAnswer(question).header("ETag");
        Receipt receipt = SchoolValueRequests.sendSchools("BMU", 1);

        String after = SchoolValueRequests.getAfterReceipt(receipt, question, "If-None-Match", before)
                .statusCode(200)
                .extract()
                .header("ETag");

        assertThat(after).isNotEqualTo(before);
    }

    /** A figure does not change when records of other types arrive. */
    @Test
    void a_record_of_another_kind_leaves_the_tag_alone() {
        String before = getAnswer(SCHOOLS + "&hostCountry=BMU").header("ETag");
        Receipt other = TestEventLog.sendChange(TestEventLog.HEADCOUNT_TOPIC, "12/V-" + UUID.randomUUID(), 1, null);

        SchoolValueRequests.getAfterReceipt(
                        other, SCHOOLS + "&hostCountry=BMU", "If-None-Match", "W/\"old\", " + before)
                .statusCode(304);
    }

    @Test
    void two_bureaus_do_not_share_a_tag_of_what_each_sees_for_itself() {
        Receipt receipt = SchoolValueRequests.sendSchool("12", "ABW", "other")
                .plus(SchoolValueRequests.sendSchool("32", "ABW", "other"));
        String question =
                "/v1/indicators/overseas-schools/values?by=province&hostCountry=ABW&receipt=" + receipt.text();
        String own = SchoolValueRequests.getWithToken(TestTokens.bureauToken("12"), question)
                .statusCode(200)
                .extract()
                .header("ETag");

        SchoolValueRequests.getWithToken(TestTokens.bureauToken("32"), question, "If-None-Match", own)
                .statusCode(200);
    }

    @Test
    void what_was_known_at_a_moment_may_be_kept() throws SQLException {
        SchoolValueRequests.getAfterReceipt(SchoolValueRequests.sendSchools("CUW", 1), SCHOOLS + "&hostCountry=CUW")
                .statusCode(200);
        Instant moment = await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> knowledge.findCheckpointAt(null).orElseThrow().time(),
                        now -> getAnswer(pastPath(now))
                                        .jsonPath()
                                        .getList("items")
                                        .size()
                                > 0);
        ExtractableResponse<Response> then = getAnswer(pastPath(moment));
        SchoolValueRequests.getAfterReceipt(SchoolValueRequests.sendSchools("CUW", 1), SCHOOLS + "&hostCountry=CUW")
                .statusCode(200);

        ExtractableResponse<Response> again = getAnswer(pastPath(moment));

        assertThat(again.asByteArray()).isEqualTo(then.asByteArray());
        assertThat(again.header("ETag")).isEqualTo(then.header("ETag"));
        assertThat(again.headers().getValues("Cache-Control")).containsExactly("private, max-age=86400, immutable");
        assertThat(Instant.parse(again.header("Voyage-Time"))).isEqualTo(moment);
        assertThat(SchoolValueRequests.getAfterReceipt(pastPath(moment), "If-None-Match", then.header("ETag"))
                        .statusCode(304)
                        .extract()
                        .headers()
                        .getValues("Cache-Control"))
                .containsExactly("private, max-age=86400, immutable");
    }

    /** Today's definition replaces the unreadable one, and may differ tomorrow. */
    @Test
    void a_past_value_by_an_unreadable_definition_is_requested_again() throws Exception {
        String code = "overseas-countries";
        String serves = Files.readString(Path.of("../../contracts/indicators/" + code + ".yaml"));
        EffectiveHistoryFixture noted = new EffectiveHistoryFixture(database);
        noted.recordDefinition(code, serves.replace("measure:", "measured:"));
        Instant moment = knowledge.findCheckpointAt(null).orElseThrow().time();
        noted.recordDefinition(code, serves);

        for (String asked : List.of(
                "/v1/indicators/" + code + "/values?period=2021",
                "/v1/values?period=2021&figure=overseas-schools," + code)) {
            ExtractableResponse<Response> answer = getAnswer(asked + "&asOf=" + moment);
            assertThat(answer.headers().getValues("Cache-Control")).containsExactly("private, no-cache");
        }
        assertThat(getAnswer("/v1/values?period=2021&figure=overseas-schools&asOf=" + moment)
                        .header("Cache-Control"))
                .contains("immutable");
    }

    @Test
    void a_condition_that_is_none_is_refused() {
        SchoolValueRequests.getAfterReceipt(SCHOOLS, "If-None-Match", "nonsense")
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", matchesPattern(".*If-None-Match.*"));
    }

    private static String pastPath(Instant moment) {
        return SCHOOLS + "&hostCountry=CUW&asOf=" + moment;
    }

    private static ExtractableResponse<Response> getAnswer(String question) {
        return SchoolValueRequests.getAfterReceipt(question).statusCode(200).extract();
    }
}
