package org.voyage.indicators.query;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.voyage.indicators.EventLog;
import org.voyage.indicators.Serving;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.Tokens;

@QuarkusTest
@TestProfile(ReceiptsIT.SeveralServices.class)
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "indicators"))
class ReceiptsIT implements Serving {

    private static final List<String> TOPICS = List.of(
            EventLog.SCHOOL,
            EventLog.HEADCOUNT,
            EventLog.TRAINING,
            "mobility.inbound-enrolment",
            "mobility.outbound-placement",
            "mobility.teacher-assignment",
            "mobility.foreign-teacher",
            "cooperation.cooperative-institution",
            "cooperation.cooperative-programme",
            "cooperation.cooperative-headcount",
            "standards.standard",
            "standards.recognition",
            "standards.credential-recognition");

    /** Figures that are made of all the records together. */
    private static final String OF_EVERY_TOPIC = "/v1/values?figure=overseas-schools,overseas-students,"
            + "overseas-training-people,inbound-students,outbound-participants,teacher-training-person-days,"
            + "foreign-teachers,cooperative-institutions,cooperative-programmes,cooperative-students,standards-adopted,"
            + "credential-recognitions";

    /** Who waits here for what never comes gets 503 after a while, and the test fails by that. */
    public static final class SeveralServices implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("voyage.indicators.topics", String.join(",", TOPICS));
        }
    }

    @BeforeAll
    static void topics() throws Exception {
        EventLog.createTopics(TOPICS);
    }

    @Test
    void receiptsOfSeveralServicesAreWaitedForTogether() {
        List<Receipt> receipts = new ArrayList<>();
        long before = given().auth()
                .oauth2(Tokens.operator())
                .get(OF_EVERY_TOPIC)
                .jsonPath()
                .getLong("figures[0].values[0].value");
        for (String topic : TOPICS) {
            receipts.add(EventLog.send(topic, "12/R-" + UUID.randomUUID(), 1, null));
        }
        receipts.add(EventLog.send(
                EventLog.SCHOOL, "12/R-" + UUID.randomUUID(), 1, EventLog.school("BTN", "other", "2020-01-01", null)));

        var answer = given().auth()
                .oauth2(Tokens.operator())
                .queryParam("receipt", receipts.stream().map(Receipt::text).toList())
                .get(OF_EVERY_TOPIC)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();

        assertThat(answer.getLong("figures[0].values[0].value")).isEqualTo(before + 1);
        assertThat(answer.<String, Object>getMap("position.topics").keySet()).containsAll(TOPICS);
    }

    @Test
    void oneReceiptMayNameTheTopicsOfSeveralServices() {
        Receipt all = TOPICS.stream()
                .map(topic -> EventLog.send(topic, "12/R-" + UUID.randomUUID(), 1, null))
                .reduce(Receipt.NOTHING, Receipt::and);

        ask(List.of(all.text())).statusCode(200);
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
    void aReceiptOfWhatCanNeverComeIsRefusedAtOnce(String content) {
        ask(List.of(text(content))).statusCode(400).body("errors[0].rule", equalTo("receipt-malformed"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%%%", "é", "b3Zl cnNl", "AAAA====", "../../etc/passwd"})
    void whatIsNoReceiptAtAllIsRefusedAtOnce(String garbage) {
        ask(List.of(garbage)).statusCode(400).body("errors[0].rule", equalTo("receipt-malformed"));
    }

    @Test
    void aBadReceiptIsRefusedBeforeAGoodOneIsWaitedFor() {
        ask(List.of(text("overseas.overseas-school:0@999999999999999999"), text("rubbish")))
                .statusCode(400);
    }

    @Test
    void aTopicThatNoFigureCountsIsRefusedAtOnce() {
        ask(List.of(text("feeds.subscription:0@1"))).statusCode(400).body("errors[0].rule", equalTo("receipt-foreign"));
    }

    private static String text(String content) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(content.getBytes(StandardCharsets.UTF_8));
    }

    private static ValidatableResponse ask(List<String> receipts) {
        return given().auth()
                .oauth2(Tokens.operator())
                .queryParam("hostCountry", "BTN")
                .queryParam("receipt", receipts)
                .get("/v1/indicators/overseas-schools/values")
                .then();
    }
}
