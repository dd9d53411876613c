package org.voyage.feeds;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.not;
import static org.voyage.feeds.FeedsTestBackend.awaitEvents;
import static org.voyage.feeds.FeedsTestBackend.awaitScanned;
import static org.voyage.feeds.FeedsTestBackend.newKey;
import static org.voyage.feeds.FeedsTestBackend.schoolJson;
import static org.voyage.feeds.FeedsTestBackend.sendChange;
import static org.voyage.feeds.alliance.RegistryRequests.ALLIANCE;
import static org.voyage.feeds.alliance.RegistryRequests.GRANT;
import static org.voyage.feeds.alliance.RegistryRequests.UNIVERSITY;
import static org.voyage.feeds.alliance.RegistryRequests.alliance;
import static org.voyage.feeds.alliance.RegistryRequests.load;
import static org.voyage.feeds.alliance.RegistryRequests.newCode;
import static org.voyage.feeds.alliance.RegistryRequests.operator;
import static org.voyage.feeds.alliance.RegistryRequests.put;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ExtractableResponse;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.voyage.feeds.delivery.ReceiverBehaviour;
import org.voyage.feeds.delivery.WebhookReceiver;
import org.voyage.feeds.record.FeedRecord;
import org.voyage.kittest.ApiAnswerFilter;
import org.voyage.kittest.ApiContract;
import org.voyage.kittest.ApiDescriptionCheck;
import org.voyage.kittest.RealBackends;

@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "feeds"))
class FeedsOpenApiIT {

    private static final String SUBSCRIBER = "DOCUMENT";

    @BeforeAll
    static void admitSubscriber() throws Exception {
        FeedsTestBackend.createTopics();
        FeedsTestBackend.admit(SUBSCRIBER, "{}", List.of("overseas-school.hostCity"));
    }

    @Test
    void the_committed_document_is_what_the_code_says() {
        ApiContract.of("feeds").requireCommitted();
    }

    @Test
    void every_operation_has_examples_of_what_is_sent_and_answered() {
        ApiContract.of("feeds").requireExamples();
    }

    @Test
    void every_operation_is_described_in_both_languages_with_its_parameters_answers_and_refusals() {
        ApiDescriptionCheck.assertDocumented(ApiAnswerFilter.ofRunningService().document());
    }

    @Test
    void real_answers_of_every_operation_fit_the_document() throws IOException {
        ApiAnswerFilter answers = ApiAnswerFilter.ofRunningService().install();
        try {
            callRegistry();
            callFeed();
            operator().get("/v1/audit?limit=5").then().statusCode(200);
            operator().get("/v1/audit/verification").then().statusCode(200);
            // A stream does not end, and the filter sees paths below /v1 only: FeedSubscriptionIT reads both.
            answers.requireAllAnswersSeen(List.of("get /v1/feeds/{feed}/stream", "get /.well-known/voyage-feeds-keys"));
        } finally {
            ApiAnswerFilter.uninstall();
        }
    }

    private static void callRegistry() {
        String code = newCode();
        String path = "/v1/alliances/" + code;
        put(code, ALLIANCE).statusCode(201);
        put(code, ALLIANCE.replace("示例", "另一")).statusCode(200);
        put(code + "/members/M-1", UNIVERSITY).statusCode(201);
        put(code + "/members/M-1", UNIVERSITY).statusCode(200);
        put(code + "/grants/G-1", GRANT).statusCode(201);
        put(code + "/grants/G-1", GRANT).statusCode(200);
        load(code, "id,kind,names,country,from\nM-2,enterprise,Example Motors,DEU,2024-02-29\n")
                .statusCode(200);
        for (String read : List.of(
                "/v1/alliances?limit=1000",
                "/v1/grantable-fields",
                "/v1/waiting-recognitions",
                "/v1/dead-letters",
                path,
                path + "/members",
                path + "/members/M-1",
                path + "/likely-misses",
                path + "/grants",
                path + "/grants/G-1")) {
            operator().get(read).then().statusCode(200);
        }
        operator()
                .body("{\"reason\":\"test\"}")
                .post(path + "/suspension")
                .then()
                .statusCode(200);
        operator().delete(path + "/suspension").then().statusCode(200);
        operator().delete(path + "/members/M-1?reason=test").then().statusCode(204);
        operator().delete(path + "/grants/G-1?reason=test").then().statusCode(204);
        operator().delete(path + "?reason=test").then().statusCode(204);
    }

    private static void callFeed() throws IOException {
        post("/v1/feeds/previews", "{\"filter\":{\"countries\":[\"TUV\"]}}", 200);
        String feed = post(
                        "/v1/feeds", "{\"name\":\"图瓦卢\",\"filter\":{\"countries\":[\"TUV\"]},\"start\":\"now\"}", 201)
                .path("id");
        awaitScanned(feed);
        sendChange(FeedRecord.OVERSEAS_SCHOOL, newKey("12"), 1, schoolJson("TUV", "文档"));
        JsonNode event = awaitEvents(feed, 1).getFirst();
        String id = event.path("id").asText();
        String path = "/v1/feeds/" + feed;
        for (String read : List.of(
                "/v1/feeds",
                "/v1/feeds/catalogue",
                path,
                path + "/status",
                path + "/events",
                path + "/events?after=1-0000000000000000&until=" + id,
                path + "/snapshot")) {
            subscriber().get(read).then().statusCode(200);
        }
        String hash = event.path("chain").asText();
        post(path + "/verifications", "{\"copies\":[{\"position\":\"" + id + "\",\"chain\":\"" + hash + "\"}]}", 200);
        subscriber().body("{\"name\":\"新名\"}").patch(path).then().statusCode(200);
        callEndpoint(path + "/endpoints");
        subscriber().delete(path).then().statusCode(204);
    }

    /** Lets an endpoint refuse the event of its feed, so that each list about its deliveries has an item. */
    private static void callEndpoint(String endpoints) throws IOException {
        try (WebhookReceiver receiver = new WebhookReceiver()) {
            receiver.behave(ReceiverBehaviour.REFUSES);
            String draft = "{\"url\":\"" + receiver.url() + "\",\"signing\":[\"hmac\",\"ed25519\"]}";
            String path = endpoints + "/" + post(endpoints, draft, 201).path("id");
            post(path + "/challenge", "", 200);
            for (String list : List.of("/undelivered", "/deliveries")) {
                await().atMost(FeedsTestBackend.TIMEOUT)
                        .untilAsserted(() -> subscriber()
                                .get(path + list)
                                .then()
                                .statusCode(200)
                                .body("items", not(empty())));
            }
            post(path + "/test", "", 200);
            String replay =
                    post(path + "/replays", "{\"undelivered\":true}", 202).path("id");
            String secret =
                    post(path + "/secrets", "{\"algorithm\":\"hmac\"}", 201).path("kid");
            for (String read : List.of(endpoints, path, path + "/replays/" + replay)) {
                subscriber().get(read).then().statusCode(200);
            }
            subscriber().body("{\"enabled\":false}").patch(path).then().statusCode(200);
            subscriber().delete(path + "/secrets/" + secret).then().statusCode(204);
            subscriber().delete(path).then().statusCode(204);
        }
    }

    private static ExtractableResponse<Response> post(String path, String body, int status) {
        RequestSpecification request = subscriber();
        return (body.isEmpty() ? request : request.body(body))
                .post(path)
                .then()
                .statusCode(status)
                .extract();
    }

    private static RequestSpecification subscriber() {
        return alliance(SUBSCRIBER).contentType("application/json");
    }
}
