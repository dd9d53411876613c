package org.voyage.indicators.query;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.voyage.indicators.RunningServiceTest;
import org.voyage.indicators.TestEventLog;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestTokens;

@QuarkusTest
@TestProfile(ReceiptAwaiterIT.SeveralServicesProfile.class)
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "indicators"))
class ReceiptAwaiterIT implements RunningServiceTest {

    private static final List<String> TOPICS = List.of(
            TestEventLog.SCHOOL_TOPIC,
            TestEventLog.HEADCOUNT_TOPIC,
            TestEventLog.TRAINING_TOPIC,
            "mobility.inbound-enrolment",
            "mobility.outbound-placement",
            "mobility.teacher-assignment",
            "mobility.foreign-teacher",
            "cooperation.cooperative-institution",
            "cooperation.cooperative-programme",
            "cooperation.cooperative-headcount",
            "standards.standard",
            "standards.recognition",
            "standards.credential-recognition",
            "feeds.alliance-member");

    /** Figures that together count all the records. */
    private static final String FIGURES_OF_ALL_TOPICS = "/v1/values?figure=overseas-schools,overseas-students,"
            + "overseas-training-people,inbound-students,outbound-participants,teacher-training-person-days,"
            + "foreign-teachers,cooperative-institutions,cooperative-programmes,cooperative-students,standards-adopted,"
            + "credential-recognitions,alliance-universities";

    /** A position that no outbox reaches. */
    private static final long UNREACHABLE_POSITION = 999_999_999_999_999_999L;

    /** Profile in which a wait for a missing write ends with 503 after some time, and so fails the test. */
    public static final class SeveralServicesProfile implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("voyage.indicators.topics", String.join(",", TOPICS));
        }
    }

    @BeforeAll
    static void createTopics() throws Exception {
        TestEventLog.createTopics(TOPICS);
    }

    /** Waits until the topics are followed: before that, any partition may still appear. */
    @BeforeEach
    void awaitFollowed() {
        Receipt receipt = TestEventLog.sendChange(
                TestEventLog.SCHOOL_TOPIC,
                "12/R-" + UUID.randomUUID(),
                1,
                TestEventLog.schoolJson("WLF", "other", "2020-01-01", null));
        getWithReceipts(List.of(receipt.text())).statusCode(200);
    }

    @Test
    void receipts_of_several_services_are_waited_for_together() {
        List<Receipt> receipts = new ArrayList<>();
        long before = given().auth()
                .oauth2(TestTokens.operatorToken())
                .get(FIGURES_OF_ALL_TOPICS)
                .jsonPath()
                .getLong("items[0].items[0].value");
        for (String topic : TOPICS) {
            receipts.add(TestEventLog.sendChange(topic, "12/R-" + UUID.randomUUID(), 1, null));
        }
        receipts.add(TestEventLog.sendChange(
                TestEventLog.SCHOOL_TOPIC,
                "12/R-" + UUID.randomUUID(),
                1,
                TestEventLog.schoolJson("BTN", "other", "2020-01-01", null)));

        var answer = given().auth()
                .oauth2(TestTokens.operatorToken())
                .queryParam("receipt", receipts.stream().map(Receipt::text).toList())
                .get(FIGURES_OF_ALL_TOPICS)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();

        assertThat(answer.getLong("items[0].items[0].value")).isEqualTo(before + 1);
        assertThat(answer.<String, Object>getMap("position.topics").keySet()).containsAll(TOPICS);
    }

    @Test
    void one_receipt_may_name_the_topics_of_several_services() {
        Receipt all = TOPICS.stream()
                .map(topic -> TestEventLog.sendChange(topic, "12/R-" + UUID.randomUUID(), 1, null))
                .reduce(Receipt.EMPTY, Receipt::plus);

        getWithReceipts(List.of(all.text())).statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "overseas.overseas-school:6@1",
                "overseas.overseas-school:9999@1",
                "overseas.overseas-school:0@1,overseas.overseas-school:77@1",
                "rubbish",
                "overseas.overseas-school:0@",
                "overseas.overseas-school:-1@1",
                "overseas.overseas-school:0@99999999999999999999",
                ",",
                "鲁班工坊"
            })
    void a_receipt_of_what_can_never_come_is_refused_at_once(String content) {
        getWithReceipts(List.of(encodeReceipt(content)))
                .statusCode(400)
                .body("errors[0].rule", equalTo("receipt-malformed"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%%%", "é", "b3Zl cnNl", "AAAA====", "../../etc/passwd"})
    void what_is_no_receipt_at_all_is_refused_at_once(String garbage) {
        getWithReceipts(List.of(garbage)).statusCode(400).body("errors[0].rule", equalTo("receipt-malformed"));
    }

    @Test
    void a_bad_receipt_is_refused_before_a_good_one_is_waited_for() {
        getWithReceipts(List.of(
                        encodeReceipt("overseas.overseas-school:0@999999999999999999"), encodeReceipt("rubbish")))
                .statusCode(400);
    }

    @Test
    void a_topic_that_no_figure_counts_is_refused_at_once() {
        getWithReceipts(List.of(encodeReceipt("feeds.subscription:0@1")))
                .statusCode(400)
                .body("errors[0].rule", equalTo("receipt-foreign"));
    }

    /** The evidence is written up to 50 ms after the figures: without the wait the write would be missing. */
    @Test
    void evidence_that_is_asked_for_with_a_receipt_includes_that_write() {
        for (int i = 0; i < 5; i++) {
            String sourceId = "R-" + UUID.randomUUID();
            Receipt receipt = TestEventLog.sendChange(
                    TestEventLog.SCHOOL_TOPIC,
                    "12/" + sourceId,
                    1,
                    TestEventLog.schoolJson("WLF", "other", "2020-01-01", null));

            getEvidence("overseas-schools", receipt, "&limit=1000")
                    .statusCode(200)
                    .body("items.sourceId", hasItem(sourceId));
        }
    }

    @Test
    void evidence_of_a_derived_figure_includes_a_write_too_and_its_pages_go_on_with_the_receipt() {
        Receipt all = Receipt.EMPTY;
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            sent.add("R-" + UUID.randomUUID());
            all = all.plus(TestEventLog.sendChange(
                    TestEventLog.SCHOOL_TOPIC,
                    "12/" + sent.getLast(),
                    1,
                    TestEventLog.schoolJson("NIU", "other", "2020-01-01", null)));
        }
        List<String> shown = new ArrayList<>();
        int pages = 0;
        String next = "";
        do {
            JsonPath page = getEvidence("overseas-schools-share", all, "&hostCountry=NIU&limit=2" + next)
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            page.<Map<String, Object>>getList("items").stream()
                    .filter(item -> Integer.valueOf(0).equals(item.get("component")))
                    .map(item -> String.valueOf(item.get("sourceId")))
                    .filter(sent::contains)
                    .forEach(shown::add);
            boolean isFirstComponentOver =
                    page.<Object>getList("items.component").contains(1);
            next = isFirstComponentOver || page.getString("next") == null ? "" : "&cursor=" + page.getString("next");
            pages++;
        } while (!next.isEmpty());

        assertThat(pages).isGreaterThan(1);
        assertThat(shown).containsExactlyInAnyOrderElementsOf(sent);
    }

    /** The receipt never arrives: a refusal after the wait would take the full waiting time. */
    @ParameterizedTest
    @CsvSource({
        "&by=year, one-value",
        "&hostcuntry=THA, unknown-parameter",
        "&period=2012..2014, stock-over-years",
        "&asOf=2026-01-01T00:00:00Z, as-of-receipt"
    })
    void a_question_for_evidence_that_makes_no_sense_is_refused_before_anything_is_waited_for(
            String asked, String rule) {
        Receipt never =
                new Receipt(List.of(new Receipt.ReceiptPart(TestEventLog.SCHOOL_TOPIC, 0, UNREACHABLE_POSITION)));

        getEvidence("overseas-schools", never, asked)
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors[0].rule", equalTo(rule))
                .time(lessThan(5L), TimeUnit.SECONDS);
    }

    @Test
    void a_receipt_of_evidence_that_can_never_come_is_refused_at_once() {
        Receipt foreign = new Receipt(List.of(new Receipt.ReceiptPart("feeds.subscription", 0, 1)));
        Receipt beyond = new Receipt(List.of(new Receipt.ReceiptPart(TestEventLog.SCHOOL_TOPIC, 9999, 1)));

        getEvidence("overseas-schools", foreign, "").statusCode(400).body("errors[0].rule", equalTo("receipt-foreign"));
        getEvidence("overseas-schools", beyond, "")
                .statusCode(400)
                .body("errors[0].rule", equalTo("receipt-malformed"));
    }

    @Test
    void evidence_says_that_a_write_is_not_there_yet_when_it_does_not_come_in_time() {
        Receipt never =
                new Receipt(List.of(new Receipt.ReceiptPart(TestEventLog.SCHOOL_TOPIC, 0, UNREACHABLE_POSITION)));

        getEvidence("overseas-schools", never, "")
                .statusCode(503)
                .header("Retry-After", notNullValue())
                .body("type", equalTo("urn:voyage:problem:receipt-pending"));
    }

    private static ValidatableResponse getEvidence(String figure, Receipt receipt, String more) {
        return given().auth()
                .oauth2(TestTokens.operatorToken())
                .get("/v1/indicators/" + figure + "/evidence?receipt=" + receipt.text() + more)
                .then();
    }

    private static String encodeReceipt(String content) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(content.getBytes(StandardCharsets.UTF_8));
    }

    private static ValidatableResponse getWithReceipts(List<String> receipts) {
        return given().auth()
                .oauth2(TestTokens.operatorToken())
                .queryParam("hostCountry", "BTN")
                .queryParam("receipt", receipts)
                .get("/v1/indicators/overseas-schools/values")
                .then();
    }
}
