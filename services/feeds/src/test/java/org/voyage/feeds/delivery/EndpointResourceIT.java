package org.voyage.feeds.delivery;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import com.standardwebhooks.Webhook;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voyage.feeds.FeedsTestBackend;
import org.voyage.feeds.delivery.config.DeliveryConfig;
import org.voyage.feeds.delivery.http.LyingResolver;
import org.voyage.feeds.feed.FeedEventStore;
import org.voyage.kittest.FeedTrap;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestTokens;
import org.voyage.kittest.TrapTest;

@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "feeds"))
class EndpointResourceIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @Inject
    @SuppressWarnings("NullAway.Init")
    FeedEventStore store;

    @Inject
    @SuppressWarnings("NullAway.Init")
    DeliveryConfig config;

    @TrapTest(FeedTrap.SECRET_IN_IDEMPOTENCY_STORE)
    @Test
    void a_repeat_by_the_idempotency_key_has_no_secret_and_none_is_stored_in_clear() {
        DeliveryTestFeed feed = DeliveryTestFeed.create(store);
        String body = "{\"url\":\"http://127.0.0.1:9/hook\",\"signing\":[\"hmac\"]}";
        JsonPath first = feed.request()
                .header("Idempotency-Key", "endpoint-1")
                .body(body)
                .post(feed.path())
                .then()
                .statusCode(201)
                .body("secrets[0].secret", startsWith("whsec_"))
                .extract()
                .jsonPath();
        JsonPath repeat = feed.request()
                .header("Idempotency-Key", "endpoint-1")
                .body(body)
                .post(feed.path())
                .then()
                .statusCode(201)
                .header("Idempotency-Replayed", "true")
                .body("secrets[0].secret", nullValue())
                .extract()
                .jsonPath();
        assertThat(repeat.getString("id")).isEqualTo(first.getString("id"));

        String secret = first.getString("secrets[0].secret");
        for (String table : List.of("idempotency_key", "audit_entry", "endpoint", "endpoint_secret")) {
            assertThat(DeliveryTestFeed.queryText(
                            "select count(*) from " + table
                                    + " t where t::text like '%' || ? || '%' or t::text like '%'"
                                    + " || encode(convert_to(?, 'UTF8'), 'hex') || '%'",
                            secret.substring("whsec_".length()),
                            secret.substring("whsec_".length())))
                    .as(table)
                    .isEqualTo("0");
        }
        feed.request()
                .get(feed.path())
                .then()
                .body("items", hasSize(1))
                .body("items[0].secrets[0].secret", nullValue());
    }

    @TrapTest(FeedTrap.FOREIGN_REPLY_TEXT)
    @Test
    void a_reply_is_kept_in_short_and_printable_for_its_alliance_alone() throws Exception {
        DeliveryTestFeed feed = DeliveryTestFeed.create(store);
        DeliveryTestFeed other = DeliveryTestFeed.create(store);
        feed.append(1, 1);
        try (WebhookReceiver receiver = new WebhookReceiver()) {
            receiver.behave(ReceiverBehaviour.REFUSES_AT_LENGTH);
            String path = feed.enableEndpoint(receiver, false);
            await().atMost(TIMEOUT)
                    .untilAsserted(() -> feed.request()
                            .get(path + "/deliveries?status=refused")
                            .then()
                            .body("items.size()", not(is(0))));
            String excerpt = feed.request()
                    .get(path + "/deliveries?status=refused")
                    .then()
                    .extract()
                    .path("items[0].excerpt");
            assertThat(excerpt.length()).isLessThanOrEqualTo(1000);
            assertThat(excerpt).startsWith("<script>").doesNotContain("\u0007", "\u001b", "\u202e");
            other.request().get(path + "/deliveries").then().statusCode(404);
            given().auth()
                    .oauth2(TestTokens.operatorToken())
                    .get(path + "/deliveries")
                    .then()
                    .statusCode(200);
        }
    }

    @TrapTest(FeedTrap.ENDPOINT_OF_THIRD_PARTY)
    @Test
    void nothing_is_sent_before_the_endpoint_repeats_the_token() throws Exception {
        DeliveryTestFeed feed = DeliveryTestFeed.create(store);
        feed.append(3, 1);
        try (WebhookReceiver receiver = new WebhookReceiver()) {
            receiver.repeatTokens(false);
            String endpoint = feed.createEndpoint(receiver.url(), false)
                    .statusCode(201)
                    .extract()
                    .path("id");
            String path = feed.path() + "/" + endpoint;
            feed.request()
                    .post(path + "/challenge")
                    .then()
                    .statusCode(200)
                    .body("passed", is(false))
                    .body("endpointStatus", is("unproved"));
            feed.request().post(path + "/test").then().statusCode(409);
            await().during(Duration.ofSeconds(2))
                    .atMost(TIMEOUT)
                    .until(() -> receiver.received().isEmpty());
            receiver.repeatTokens(true);
            feed.challenge(path);
            await().atMost(TIMEOUT).until(() -> receiver.accepted().size() == 3);

            // A new URL is proven again.
            try (WebhookReceiver moved = new WebhookReceiver()) {
                feed.request()
                        .body(Map.of("url", moved.url()))
                        .patch(path)
                        .then()
                        .statusCode(200)
                        .body("status", is("unproved"));
                // The deliverer hears of the change within a second.
                await().atMost(TIMEOUT)
                        .until(() -> DeliveryTestFeed.queryText(
                                        "select leased_until = '-infinity' from delivery where endpoint = ?", endpoint)
                                .equals("t"));
                feed.append(1, 1);
                await().during(Duration.ofSeconds(2))
                        .atMost(TIMEOUT)
                        .until(() -> moved.received().isEmpty());
                feed.challenge(path);
                await().atMost(TIMEOUT).until(() -> moved.accepted().size() == 1);
                assertThat(receiver.accepted()).hasSize(3);
            }
        }
    }

    @TrapTest(FeedTrap.NAME_WITH_PRIVATE_ADDRESS)
    @Test
    void a_name_with_a_public_and_a_private_address_is_refused_at_creation_and_at_each_connection() throws Exception {
        DeliveryTestFeed feed = DeliveryTestFeed.create(store);
        LyingResolver.answer("split.webhook.test", "93.184.215.14", "10.0.0.7");
        feed.createEndpoint("http://split.webhook.test/hook", false)
                .statusCode(422)
                .body("type", is("urn:voyage:problem:url-not-allowed"))
                .body("errors[0].pointer", is("/url"))
                .body("errors[0].rule", is("url-address"));

        // The name moves after the creation: the connection is refused though the challenge would pass.
        try (WebhookReceiver receiver = new WebhookReceiver()) {
            String host = "moving.webhook.test";
            LyingResolver.answer(host, "127.0.0.1");
            String endpoint = feed.createEndpoint("http://" + host + ":" + receiver.port() + "/hook", false)
                    .statusCode(201)
                    .extract()
                    .path("id");
            feed.challenge(feed.path() + "/" + endpoint);
            LyingResolver.answer(host, "127.0.0.1", "127.0.0.2");
            feed.request()
                    .post(feed.path() + "/" + endpoint + "/challenge")
                    .then()
                    .statusCode(422)
                    .body("errors[0].rule", is("url-address"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.2/hook,url-address",
        "http://10.0.0.1/hook,url-address",
        "http://169.254.169.254/latest/meta-data,url-address",
        "http://[::1]:8080/hook,url-address",
        "http://[fd00:ec2::254]/hook,url-address",
        "http://[64:ff9b::7f00:1]/hook,url-address",
        "http://[::ffff:127.0.0.1]/hook,url-host",
        "http://[fe80::1%25eth0]/hook,url-host",
        "http://2130706434/hook,url-host",
        "http://0177.0.0.1/hook,url-host",
        "http://93.184.215.014/hook,url-host",
        "http://93.184.0215.14/hook,url-host",
        "http://00.0.0.0/hook,url-host",
        "http://256.0.0.1/hook,url-form",
        "http://0x7f.0.0.1/hook,url-form",
        "http://0x7f000001/hook,url-host",
        "http://hooks.0x7f/hook,url-form",
        "http://93.184.215.14./hook,url-form",
        "http://user:secret@127.0.0.1/hook,url-credentials",
        "http://127.0.0.1/hook#part,url-fragment",
        "ftp://127.0.0.1/hook,url-scheme",
        "file:///etc/passwd,url-scheme",
        "http:///hook,url-host",
        "http://no-such-name.invalid/hook,url-unknown-host",
        "http://127.0.0.1:99999/hook,url-port",
        "http://127.0.0.1@10.0.0.1/hook,url-credentials",
        "http://127.1/hook,url-form",
        "http://exa mple.org/,url-form",
        "https://пример.example/,url-form"
    })
    void a_url_that_hides_where_it_goes_is_refused_with_the_reason(String url, String rule) {
        DeliveryTestFeed feed = DeliveryTestFeed.create(store);
        feed.createEndpoint(url, false)
                .statusCode(422)
                .body("type", is("urn:voyage:problem:url-not-allowed"))
                .body("errors.rule", hasItem(rule));
    }

    @Test
    void while_a_secret_is_replaced_both_sign_and_the_last_one_stays() throws Exception {
        DeliveryTestFeed feed = DeliveryTestFeed.create(store);
        try (WebhookReceiver receiver = new WebhookReceiver()) {
            JsonPath created = feed.request()
                    .body(Map.of("url", receiver.url(), "signing", List.of("hmac")))
                    .post(feed.path())
                    .then()
                    .statusCode(201)
                    .extract()
                    .jsonPath();
            String path = feed.path() + "/" + created.getString("id");
            feed.challenge(path);
            String former = created.getString("secrets[0].secret");
            JsonPath next = feed.request()
                    .body(Map.of("algorithm", "hmac", "overlap", "PT1H"))
                    .post(path + "/secrets")
                    .then()
                    .statusCode(201)
                    .extract()
                    .jsonPath();
            feed.request().post(path + "/test").then().statusCode(200).body("passed", is(true));
            ReceivedWebhook test = receiver.accepted().getFirst();
            String payload = new String(test.body(), StandardCharsets.UTF_8);
            new Webhook(former).verify(payload, WebhookDeliveryIT.headersOf(test));
            new Webhook(next.getString("secret")).verify(payload, WebhookDeliveryIT.headersOf(test));

            feed.request()
                    .delete(path + "/secrets/" + created.getString("secrets[0].kid"))
                    .then()
                    .statusCode(204);
            feed.request()
                    .delete(path + "/secrets/" + next.getString("kid"))
                    .then()
                    .statusCode(409);
            feed.request()
                    .get(path)
                    .then()
                    .body("secrets", hasSize(1))
                    .body("secrets[0].kid", is(next.getString("kid")));
            feed.request().delete(path).then().statusCode(204);
            feed.request().get(path).then().statusCode(404);
        }
    }

    @Test
    void an_endpoint_of_another_alliance_is_as_an_absent_one() {
        DeliveryTestFeed feed = DeliveryTestFeed.create(store);
        DeliveryTestFeed other = DeliveryTestFeed.create(store);
        String endpoint = feed.createEndpoint("http://127.0.0.1:9/hook", false)
                .statusCode(201)
                .extract()
                .path("id");
        String path = feed.path() + "/" + endpoint;
        for (String each : List.of(path, other.path() + "/" + endpoint, path + "/undelivered")) {
            other.request().get(each).then().statusCode(404);
        }
        other.request().delete(path).then().statusCode(404);
        other.request().post(path + "/challenge").then().statusCode(404);
        given().auth().oauth2(TestTokens.bureauToken("12")).get(path).then().statusCode(403);
        given().auth().oauth2(TestTokens.auditorToken()).get(path).then().statusCode(200);
        given().auth().oauth2(TestTokens.operatorToken()).delete(path).then().statusCode(403);
    }

    @Test
    void one_endpoint_more_than_an_alliance_may_have_is_refused_until_one_is_deleted() {
        DeliveryTestFeed feed = DeliveryTestFeed.create(store);
        String url = "http://127.0.0.1:9/hook";
        String first = feed.createEndpoint(url, false).statusCode(201).extract().path("id");
        for (int i = 2; i <= config.endpointsPerAlliance(); i++) {
            feed.createEndpoint(url, false).statusCode(201);
        }
        feed.createEndpoint(url, false)
                .statusCode(429)
                .body("type", is("urn:voyage:problem:quota-exceeded"))
                .body("detail", containsString("at most " + config.endpointsPerAlliance() + " endpoints"))
                .body("detailZh", containsString("接收地址"));
        DeliveryTestFeed.create(store).createEndpoint(url, false).statusCode(201);

        feed.request().delete(feed.path() + "/" + first).then().statusCode(204);
        feed.createEndpoint(url, false).statusCode(201);
    }

    @Test
    void the_endpoints_of_a_deleted_feed_go_with_it_and_their_quota_is_free() {
        DeliveryTestFeed feed = DeliveryTestFeed.create(store);
        String url = "http://127.0.0.1:9/hook";
        for (int i = 1; i <= config.endpointsPerAlliance(); i++) {
            feed.createEndpoint(url, false).statusCode(201);
        }
        String other = FeedsTestBackend.createFeed(feed.alliance(), "{}", "now");
        String paths = "/v1/feeds/" + other + "/endpoints";
        feed.request().body(Map.of("url", url)).post(paths).then().statusCode(429);

        feed.request().delete("/v1/feeds/" + feed.id()).then().statusCode(204);

        assertThat(DeliveryTestFeed.queryText(
                        "select count(*) from endpoint_secret join endpoint on id = endpoint where alliance = ?",
                        feed.alliance()))
                .isEqualTo("0");
        assertThat(DeliveryTestFeed.queryText("select count(*) from delivery where endpoint in"
                        + " (select id from endpoint where feed = '" + feed.id() + "')"))
                .isEqualTo("0");
        feed.request().body(Map.of("url", url)).post(paths).then().statusCode(201);
    }

    @Test
    void a_write_with_dots_in_its_path_deletes_no_feed() throws Exception {
        DeliveryTestFeed feed = DeliveryTestFeed.create(store);
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (String path : List.of("/endpoints/..", "/endpoints/%2e%2e", "/x/..", "/.")) {
                HttpRequest request = HttpRequest.newBuilder(
                                URI.create("http://localhost:" + RestAssured.port + "/v1/feeds/" + feed.id() + path))
                        .header("Authorization", "Bearer " + TestTokens.allianceToken(feed.alliance()))
                        .DELETE()
                        .build();
                assertThat(http.send(request, HttpResponse.BodyHandlers.ofString())
                                .statusCode())
                        .as(path)
                        .isEqualTo(400);
            }
        }
        feed.request().get("/v1/feeds/" + feed.id()).then().statusCode(200);
    }

    @Test
    void a_position_after_the_end_of_the_feed_and_a_replay_to_an_unproved_endpoint_are_refused() {
        DeliveryTestFeed feed = DeliveryTestFeed.create(store);
        List<String> ids = feed.append(3, 1);
        for (String beyond : List.of("1-0000000000000004", "2-0000000000000001")) {
            feed.request()
                    .body(Map.of("url", "http://127.0.0.1:9/hook", "after", beyond))
                    .post(feed.path())
                    .then()
                    .statusCode(422)
                    .body("errors[0].pointer", is("/after"))
                    .body("errors[0].rule", is("feed-position"))
                    .body("errors[0].detail", containsString(ids.getLast()));
        }
        String endpoint = feed.request()
                .body(Map.of("url", "http://127.0.0.1:9/hook", "after", ids.getLast()))
                .post(feed.path())
                .then()
                .statusCode(201)
                .extract()
                .path("id");

        String replays = feed.path() + "/" + endpoint + "/replays";
        feed.request()
                .body(Map.of("events", ids))
                .post(replays)
                .then()
                .statusCode(409)
                .body("detailZh", containsString("尚未通过验证"));
        assertThat(DeliveryTestFeed.queryText("select count(*) from replay where endpoint = ?", endpoint))
                .isEqualTo("0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{};/url",
                "{\"url\":1};/url",
                "{\"url\":\"http://127.0.0.1:9/\",\"signing\":[\"rsa\"]};/signing/0",
                "{\"url\":\"http://127.0.0.1:9/\",\"batch\":\"yes\"};/batch",
                "{\"url\":\"http://127.0.0.1:9/\",\"after\":\"7\"};/after",
                "{\"url\":\"http://127.0.0.1:9/\",\"more\":1};/more"
            })
    void a_wrong_body_is_refused_with_the_place(String body, String pointer) {
        DeliveryTestFeed feed = DeliveryTestFeed.create(store);
        feed.request().body(body).post(feed.path()).then().statusCode(422).body("errors.pointer", hasItem(pointer));
    }
}
