package org.voyage.feeds.delivery;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import com.standardwebhooks.Webhook;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.voyage.feeds.FeedsTestBackend;
import org.voyage.feeds.check.FeedEvidence;
import org.voyage.feeds.check.FeedEvidence.AcceptedRequest;
import org.voyage.feeds.check.FeedLogChecker;
import org.voyage.feeds.delivery.config.DeliveryConfig;
import org.voyage.feeds.delivery.http.LyingResolver;
import org.voyage.feeds.delivery.http.WebhookAddressPolicy;
import org.voyage.feeds.delivery.http.WebhookClient;
import org.voyage.feeds.delivery.http.WebhookReply;
import org.voyage.feeds.delivery.http.WebhookUrl;
import org.voyage.feeds.delivery.http.WebhookUrlParser;
import org.voyage.feeds.delivery.http.WebhookUrlParser.UrlRefusedException;
import org.voyage.feeds.delivery.queue.DeliveryOutcome.OutcomeKind;
import org.voyage.feeds.feed.FeedEventStore;
import org.voyage.kittest.FeedTrap;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TrapTest;

@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "feeds"))
class WebhookDeliveryIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int ENDPOINTS_BEHIND = 6;
    private static final int LOST_ENDPOINTS = 200;
    /** Behaviours of a receiver that never make an event count as received. */
    private static final List<ReceiverBehaviour> HOSTILE = Arrays.stream(ReceiverBehaviour.values())
            .filter(each -> each != ReceiverBehaviour.ACCEPTS && each != ReceiverBehaviour.IS_GONE)
            .toList();

    @Inject
    @SuppressWarnings("NullAway.Init")
    FeedEventStore store;

    @Inject
    @SuppressWarnings("NullAway.Init")
    WebhookClient client;

    @Inject
    @SuppressWarnings("NullAway.Init")
    WebhookUrlParser urls;

    @Inject
    @SuppressWarnings("NullAway.Init")
    WebhookAddressPolicy addresses;

    @Inject
    @SuppressWarnings("NullAway.Init")
    DeliveryConfig config;

    @Test
    void events_arrive_signed_in_order_and_the_public_library_verifies_them() throws Exception {
        DeliveryTestFeed feed = DeliveryTestFeed.create(store);
        List<String> ids = feed.append(5, 1);
        try (WebhookReceiver receiver = new WebhookReceiver()) {
            JsonPath created = feed.createEndpoint(receiver.url(), false)
                    .statusCode(201)
                    .body("status", is("unproved"))
                    .extract()
                    .jsonPath();
            String path = feed.path() + "/" + created.getString("id");
            feed.challenge(path);
            awaiting().untilAsserted(() -> assertThat(receiver.acceptedEvents()).containsExactlyElementsOf(ids));

            ReceivedWebhook first = receiver.accepted().getFirst();
            assertThat(first.id()).isEqualTo(feed.id() + "_1_0000000000000001");
            assertThat(first.headers()).containsEntry("content-type", "application/cloudevents+json; charset=UTF-8");
            new Webhook(created.getString("secrets.find { it.algorithm == 'hmac' }.secret"))
                    .verify(new String(first.body(), StandardCharsets.UTF_8), headersOf(first));
            assertThat(first.header("webhook-signature")).contains("v1,").contains("v1a,");
            assertThat(DeliveryTestFeed.queryText(
                            "select convert_from(body, 'UTF8') from feed_event where feed = ? and sequence = 1",
                            feed.id()))
                    .isEqualTo(new String(first.body(), StandardCharsets.UTF_8));
            awaiting()
                    .untilAsserted(() -> feed.request()
                            .get(path)
                            .then()
                            .body("delivery.lagEvents", is(0))
                            .body("delivery.position", is(ids.getLast())));
            given().get("/q/metrics")
                    .then()
                    .statusCode(200)
                    .body(containsString("voyage_feeds_deliveries_total{alliance=\"" + feed.alliance() + "\"} 5.0"));
            feed.request()
                    .get(path + "/deliveries?status=accepted")
                    .then()
                    .statusCode(200)
                    .body("items[0].events", is(5));
        }
    }

    @Test
    void an_endpoint_that_is_behind_gets_batches_and_all_arrive_once() throws Exception {
        DeliveryTestFeed feed = DeliveryTestFeed.create(store);
        List<String> ids = feed.append(500, 40);
        try (WebhookReceiver receiver = new WebhookReceiver()) {
            feed.enableEndpoint(receiver, true);
            awaiting().untilAsserted(() -> assertThat(receiver.acceptedEvents()).hasSize(500));

            assertThat(receiver.acceptedEvents()).containsExactlyInAnyOrderElementsOf(ids);
            List<ReceivedWebhook> batches = receiver.accepted().stream()
                    .filter(ReceivedWebhook::isBatch)
                    .toList();
            assertThat(batches).isNotEmpty().allMatch(each -> each.eventIds().size() <= 100);
            assertThat(batches.getFirst().id()).startsWith(feed.id() + "_1_0000000000000001-");
            requireOrder(receiver.accepted());
        }
    }

    @Test
    void kept_connections_that_the_receiver_closed_lose_no_request() throws Exception {
        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
        try (WebhookReceiver receiver = new WebhookReceiver();
                var posts = Executors.newVirtualThreadPerTaskExecutor()) {
            WebhookUrl url = urls.parse(receiver.url());
            CountDownLatch allConnected = new CountDownLatch(4);
            receiver.behave(_ -> {
                allConnected.countDown();
                awaitLatch(allConnected);
                return ReceiverBehaviour.ACCEPTS;
            });
            var first = Stream.generate(() -> posts.submit(() -> client.post(url, "application/json", Map.of(), body)))
                    .limit(allConnected.getCount())
                    .toList();
            for (Future<WebhookReply> each : first) {
                assertThat(each.get().isAccepted()).isTrue();
            }
            receiver.behave(ReceiverBehaviour.ACCEPTS);
            receiver.closeConnections();

            assertThat(client.post(url, "application/json", Map.of(), body)).matches(WebhookReply::isAccepted);
        }
    }

    @Test
    void bodies_for_endpoints_that_are_behind_stay_within_the_memory_of_the_instance_and_all_arrive() throws Exception {
        DeliveryTestFeed feed = DeliveryTestFeed.create(store);
        List<String> ids = feed.appendLarge(150, 20_000);
        try (WebhookReceiver receiver = new WebhookReceiver()) {
            receiver.behave(ReceiverBehaviour.IS_UNAVAILABLE);
            List<String> paths = Stream.generate(() -> feed.enableEndpoint(receiver, true))
                    .limit(ENDPOINTS_BEHIND)
                    .toList();
            awaiting().until(() -> receiver.received().size() >= 2 * ENDPOINTS_BEHIND);

            // All bodies would be 18 MB.
            assertThat(readMemoryBytes()).isBetween(config.memoryBytes() / 4.0, (double) config.memoryBytes());
            receiver.behave(ReceiverBehaviour.ACCEPTS);
            for (String path : paths) {
                awaiting().untilAsserted(() -> feed.request().get(path).then().body("delivery.lagEvents", is(0)));
            }
            assertThat(receiver.acceptedEvents()).hasSize(ENDPOINTS_BEHIND * ids.size());
            awaiting().until(() -> readMemoryBytes() < config.memoryBytes() / 4.0);
        }
    }

    private static double readMemoryBytes() {
        return given().get("/q/metrics")
                .then()
                .extract()
                .asString()
                .lines()
                .filter(line -> line.startsWith("voyage_feeds_webhooks_memory_bytes"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void hostile_receivers_get_everything_in_order_in_the_end() throws Exception {
        List<HostileCase> cases = new ArrayList<>();
        try {
            for (ReceiverBehaviour hostile : HOSTILE) {
                DeliveryTestFeed feed = DeliveryTestFeed.create(store);
                WebhookReceiver receiver = new WebhookReceiver();
                Random random = new Random(hostile.ordinal());
                receiver.behave(_ -> random.nextInt(4) == 0 ? hostile : ReceiverBehaviour.ACCEPTS);
                feed.append(60, 7);
                cases.add(new HostileCase(
                        hostile, feed, receiver, feed.enableEndpoint(receiver, hostile.ordinal() % 2 == 0)));
            }
            for (HostileCase each : cases) {
                awaiting()
                        .untilAsserted(() -> each.feed()
                                .request()
                                .get(each.path())
                                .then()
                                .body("delivery.lagEvents", is(0))
                                .body("delivery.held", is(0))
                                .body("delivery.undelivered", is(0)));
                Set<String> arrived = new HashSet<>();
                each.receiver().received().forEach(webhook -> arrived.addAll(webhook.eventIds()));
                assertThat(arrived).as("%s", each.hostile()).hasSize(60);
                requireOrder(each.receiver().received());
                requireNoFaults(each);
            }
            assertThat(cases).hasSizeGreaterThanOrEqualTo(12);
        } finally {
            for (HostileCase each : cases) {
                each.receiver().close();
            }
        }
    }

    private record HostileCase(
            ReceiverBehaviour hostile, DeliveryTestFeed feed, WebhookReceiver receiver, String path) {}

    /** Lets the checker compare database and journal. Refused events are in the journal too, and came again. */
    private static void requireNoFaults(HostileCase hostileCase) throws Exception {
        List<AcceptedRequest> journal = hostileCase.receiver().received().stream()
                .map(each -> new AcceptedRequest(each.id(), each.eventBodies()))
                .toList();
        try (Connection database = FeedsTestBackend.connect()) {
            assertThat(FeedLogChecker.findFaults(
                            FeedEvidence.ofDatabase(database, hostileCase.feed().id())
                                    .withoutCopy()
                                    .withJournal(hostileCase.hostile().name(), journal)))
                    .isEmpty();
        }
    }

    @Test
    void a_client_calls_the_checked_address_only_and_reads_no_more_than_it_must() throws Exception {
        // The name moves between the check and the connection.
        LyingResolver.answer("rebound.webhook.test", "127.0.0.1", "|", "127.0.0.2");
        addresses.resolveHost("rebound.webhook.test");
        try (WebhookReceiver receiver = new WebhookReceiver()) {
            String url = "http://rebound.webhook.test:" + receiver.port() + "/hook";
            WebhookReply refused = post(url);
            assertThat(refused.failure()).isEqualTo("address-refused");
            assertThat(refused.kind()).isEqualTo(OutcomeKind.UNAVAILABLE);
            assertThat(receiver.received()).isEmpty();

            Map<ReceiverBehaviour, OutcomeKind> expected = Map.of(
                    ReceiverBehaviour.ACCEPTS, OutcomeKind.ACCEPTED,
                    ReceiverBehaviour.REDIRECTS, OutcomeKind.REFUSED,
                    ReceiverBehaviour.IS_GONE, OutcomeKind.GONE,
                    ReceiverBehaviour.IS_SILENT, OutcomeKind.BROKEN,
                    ReceiverBehaviour.DRIPS, OutcomeKind.BROKEN,
                    ReceiverBehaviour.CONTINUES_FOREVER, OutcomeKind.BROKEN,
                    ReceiverBehaviour.SENDS_HUGE_HEADERS, OutcomeKind.BROKEN,
                    ReceiverBehaviour.SENDS_BOMB, OutcomeKind.ACCEPTED,
                    ReceiverBehaviour.NEVER_ENDS, OutcomeKind.ACCEPTED,
                    ReceiverBehaviour.RESETS, OutcomeKind.BROKEN);
            for (Map.Entry<ReceiverBehaviour, OutcomeKind> each : expected.entrySet()) {
                receiver.behave(each.getKey());
                WebhookReply reply = post(receiver.url());
                assertThat(reply.kind()).as("%s", each.getKey()).isEqualTo(each.getValue());
                assertThat(reply.duration()).as("%s", each.getKey()).isLessThan(Duration.ofSeconds(10));
            }
            String tls = receiver.url().replace("http:", "https:");
            assertThat(post(tls).kind()).isEqualTo(OutcomeKind.UNAVAILABLE);
        }
    }

    private WebhookReply post(String url) throws UrlRefusedException {
        return client.post(urls.parse(url), "application/json", Map.of(), "{}".getBytes(StandardCharsets.UTF_8));
    }

    @TrapTest(FeedTrap.EXPIRED_LEASE)
    @Test
    void a_deliverer_that_lost_its_lease_notes_nothing_and_a_repeat_has_the_same_id() throws Exception {
        DeliveryTestFeed feed = DeliveryTestFeed.create(store);
        feed.append(3, 1);
        CountDownLatch isHeld = new CountDownLatch(1);
        CountDownLatch mayAnswer = new CountDownLatch(1);
        try (WebhookReceiver receiver = new WebhookReceiver()) {
            receiver.behave(request -> {
                isHeld.countDown();
                awaitLatch(mayAnswer);
                return ReceiverBehaviour.ACCEPTS;
            });
            String path = feed.enableEndpoint(receiver, false);
            String endpoint = path.substring(path.lastIndexOf('/') + 1);
            assertThat(isHeld.await(20, TimeUnit.SECONDS)).isTrue();
            // Another instance takes the lease, as after a SIGSTOP of this one, and ends.
            DeliveryTestFeed.runSql(
                    "update delivery set leased_by = 'another', lease_epoch = lease_epoch + 1,"
                            + " leased_until = clock_timestamp() + interval '3 s' where endpoint = ?",
                    endpoint);
            mayAnswer.countDown();
            awaiting().until(() -> !receiver.accepted().isEmpty());
            String noted = DeliveryTestFeed.queryText(
                    "select low_sequence from delivery where endpoint = ? and leased_by = 'another'", endpoint);
            assertThat(noted).isEqualTo("0");

            awaiting().untilAsserted(() -> feed.request().get(path).then().body("delivery.lagEvents", is(0)));
            // What the former holder had not noted is sent again: the same id, the same bytes.
            ReceivedWebhook first = receiver.accepted().getFirst();
            assertThat(receiver.accepted().stream().filter(each -> each.id().equals(first.id())))
                    .hasSizeGreaterThan(1)
                    .allSatisfy(each -> assertThat(each.body()).isEqualTo(first.body()));
            assertThat(new HashSet<>(receiver.acceptedEvents())).hasSize(3);
            requireOrder(receiver.accepted());
        }
    }

    @Test
    void the_endpoints_of_a_lost_instance_are_taken_over_within_seconds_however_many_they_are() {
        DeliveryTestFeed feed = DeliveryTestFeed.create(store);
        DeliveryTestFeed.runSql(
                "insert into endpoint (id, feed, alliance, url, batch, status, status_since, created_at, created_by)"
                        + " select 'lost' || each, ?, ?, 'http://127.0.0.1:9/', false, 'enabled', now(), now(), 'test'"
                        + " from generate_series(1, ?::int) each",
                feed.id(),
                feed.alliance(),
                Integer.toString(LOST_ENDPOINTS));
        DeliveryTestFeed.runSql(
                "insert into delivery (endpoint, low_epoch, low_sequence, leased_by, leased_until)"
                        + " select id, 1, 0, 'lost', clock_timestamp() + interval '2 s' from endpoint where feed = ?",
                feed.id());
        try {
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> DeliveryTestFeed.queryText(
                                    "select count(*) from delivery join endpoint on id = endpoint where feed = ?"
                                            + " and leased_by <> 'lost' and leased_until > clock_timestamp()",
                                    feed.id())
                            .equals(Integer.toString(LOST_ENDPOINTS)));
        } finally {
            DeliveryTestFeed.runSql("delete from endpoint where feed = ?", feed.id());
        }
    }

    @Test
    void a_poison_event_is_set_aside_and_its_record_goes_on_and_a_replay_delivers_it() throws Exception {
        DeliveryTestFeed feed = DeliveryTestFeed.create(store);
        List<String> ids = feed.append(30, 5);
        String poison = ids.get(3);
        try (WebhookReceiver receiver = new WebhookReceiver()) {
            receiver.behave(request ->
                    request.eventIds().contains(poison) ? ReceiverBehaviour.REFUSES : ReceiverBehaviour.ACCEPTS);
            String path = feed.enableEndpoint(receiver, false);
            awaiting()
                    .untilAsserted(() -> feed.request()
                            .get(path + "/undelivered")
                            .then()
                            .body("items.eventId", is(List.of(poison)))
                            .body("items[0].tries", is(12))
                            .body("items[0].lastStatus", is(500)));
            awaiting().untilAsserted(() -> assertThat(receiver.acceptedEvents()).hasSize(29));
            requireOrder(receiver.accepted());
            feed.request()
                    .get(path)
                    .then()
                    .body("delivery.undelivered", is(1))
                    .body("delivery.lastFailed.first", is(poison))
                    .body("delivery.lastFailed.outcome", is("refused"))
                    .body("delivery.lastFailed.status", is(500));
            assertThat(receiver.received().stream()
                            .filter(each -> each.eventIds().contains(poison))
                            .map(ReceivedWebhook::id)
                            .distinct())
                    .hasSize(1);

            receiver.behave(ReceiverBehaviour.ACCEPTS);
            String replay = feed.request()
                    .body(Map.of("undelivered", true))
                    .post(path + "/replays")
                    .then()
                    .statusCode(202)
                    .body("total", is(1))
                    .extract()
                    .path("id");
            awaiting()
                    .untilAsserted(() -> feed.request()
                            .get(path + "/replays/" + replay)
                            .then()
                            .body("status", is("done"))
                            .body("delivered", is(1)));
            assertThat(receiver.acceptedEvents()).contains(poison);
            feed.request().get(path + "/undelivered").then().body("items", is(List.of()));
            // A range: the same ids once more.
            int before = receiver.accepted().size();
            feed.request()
                    .body(Map.of("from", ids.get(5), "to", ids.get(14)))
                    .post(path + "/replays")
                    .then()
                    .statusCode(202)
                    .body("total", is(10));
            awaiting().until(() -> receiver.accepted().size() == before + 10);
            assertThat(new HashSet<>(receiver.acceptedEvents().subList(before, before + 10)))
                    .isEqualTo(new HashSet<>(ids.subList(5, 15)));
            assertThat(DeliveryTestFeed.queryText(
                            "select sum(events) from alliance_use where alliance = ?", feed.alliance()))
                    .as("events that the replays took of the hourly quota")
                    .isEqualTo("11");
        }
    }

    @Test
    void an_endpoint_that_is_down_says_why_and_is_disabled_and_catches_up_after_a_challenge() throws Exception {
        DeliveryTestFeed feed = DeliveryTestFeed.create(store);
        List<String> ids = feed.append(20, 4);
        try (WebhookReceiver receiver = new WebhookReceiver()) {
            receiver.behave(ReceiverBehaviour.IS_UNAVAILABLE);
            String path = feed.enableEndpoint(receiver, false);
            awaiting()
                    .untilAsserted(() -> feed.request()
                            .get(path)
                            .then()
                            .body("status", is("enabled"))
                            .body("delivery.downSince", notNullValue())
                            .body("delivery.downBecause", is("unavailable"))
                            .body("delivery.nextTryAt", notNullValue())
                            .body("delivery.lastFailed.outcome", is("unavailable"))
                            .body("delivery.lastFailed.status", is(503)));
            awaiting()
                    .untilAsserted(() -> feed.request()
                            .get(path)
                            .then()
                            .body("status", is("disabled"))
                            .body("reason", is("down"))
                            .body("delivery.undelivered", is(0)));
            feed.append(5, 4);

            feed.request().body(Map.of("enabled", true)).patch(path).then().statusCode(409);
            receiver.behave(ReceiverBehaviour.ACCEPTS);
            feed.challenge(path);
            awaiting().untilAsserted(() -> assertThat(receiver.acceptedEvents()).hasSize(25));
            assertThat(receiver.acceptedEvents()).containsAll(ids);
            requireOrder(receiver.accepted());
        }
    }

    @TrapTest(FeedTrap.UNREAD_AT_RETENTION)
    @Test
    void an_endpoint_that_is_enabled_again_after_the_retention_gets_the_kept_events_and_the_loss_is_listed()
            throws Exception {
        DeliveryTestFeed feed = DeliveryTestFeed.create(store);
        List<String> ids = feed.append(200, 200);
        try (WebhookReceiver receiver = new WebhookReceiver()) {
            receiver.behave(ReceiverBehaviour.REFUSES);
            String path = feed.enableEndpoint(receiver, true);
            String endpoint = path.substring(path.lastIndexOf('/') + 1);
            awaiting()
                    .until(() -> DeliveryTestFeed.queryText(
                                    "select batch is not null from delivery where endpoint = ?", endpoint)
                            .equals("t"));
            feed.request().body(Map.of("enabled", false)).patch(path).then().statusCode(200);
            awaiting()
                    .until(() -> DeliveryTestFeed.queryText(
                                    "select leased_until = '-infinity' from delivery where endpoint = ?", endpoint)
                            .equals("t"));
            String batch = DeliveryTestFeed.queryText("select batch[1] from delivery where endpoint = ?", endpoint);
            assertThat(batch).startsWith("1-");
            // The retention ends within the stored batch.
            String last = batch.substring(2);
            DeliveryTestFeed.runSql(
                    "delete from feed_event where feed = ? and sequence <= ?::bigint + 3", feed.id(), last);
            DeliveryTestFeed.runSql(
                    "update feed set expired_epoch = 1, expired_sequence = ?::bigint + 3 where id = ?",
                    last,
                    feed.id());
            List<String> kept = ids.subList((int) Long.parseLong(last) + 3, ids.size());
            receiver.behave(ReceiverBehaviour.ACCEPTS);
            feed.challenge(path);

            awaiting().untilAsserted(() -> assertThat(receiver.acceptedEvents()).containsAll(kept));
            awaiting()
                    .untilAsserted(() -> feed.request()
                            .get(path)
                            .then()
                            .body("status", is("enabled"))
                            .body("delivery.lagEvents", is(0)));
            feed.request()
                    .get(path + "/deliveries?status=expired")
                    .then()
                    .body("items.size()", greaterThan(0))
                    .body("items[0].status", is(0));
        }
    }

    @TrapTest(FeedTrap.NARROWING_OF_NUMBERED_EVENTS)
    @Test
    void an_event_that_waits_for_its_next_try_is_withheld_once_the_grant_is_narrower() throws Exception {
        DeliveryTestFeed feed = DeliveryTestFeed.create(store);
        FeedsTestBackend.grant(feed.alliance(), "g1", "{\"countries\":[\"MCO\",\"LIE\"]}", List.of());
        String hidden = feed.appendSchool("LIE");
        String kept = feed.appendSchool("MCO");
        try (WebhookReceiver receiver = new WebhookReceiver()) {
            receiver.behave(ReceiverBehaviour.IS_UNAVAILABLE);
            feed.enableEndpoint(receiver, false);
            awaiting().until(() -> !triesOf(receiver.received(), hidden).isEmpty());
            assertThat(triesOf(receiver.received(), hidden)
                            .getFirst()
                            .tree()
                            .at("/data/state/hostCountry")
                            .asText())
                    .isEqualTo("LIE");

            FeedsTestBackend.grant(feed.alliance(), "g1", "{\"countries\":[\"MCO\"]}", List.of());
            awaiting()
                    .until(() -> triesOf(receiver.received(), hidden).stream().anyMatch(WebhookDeliveryIT::isWithheld));
            receiver.behave(ReceiverBehaviour.ACCEPTS);
            awaiting().until(() -> receiver.acceptedEvents().containsAll(List.of(hidden, kept)));

            assertThat(triesOf(receiver.accepted(), hidden)).allMatch(WebhookDeliveryIT::isWithheld);
            assertThat(triesOf(receiver.accepted(), kept)).noneMatch(WebhookDeliveryIT::isWithheld);
            assertThat(triesOf(receiver.received(), hidden).stream()
                            .map(ReceivedWebhook::id)
                            .distinct())
                    .hasSize(1);
        }
    }

    @TrapTest(FeedTrap.WIDENED_OR_NARROWED_FIELDS)
    @Test
    void an_event_that_a_wider_grant_brings_is_not_withheld_by_the_narrower_one() throws Exception {
        DeliveryTestFeed feed = DeliveryTestFeed.create(store);
        FeedsTestBackend.grant(feed.alliance(), "g1", "{\"countries\":[\"MCO\"]}", List.of());
        try (WebhookReceiver receiver = new WebhookReceiver()) {
            feed.enableEndpoint(receiver, false);
            List<String> countries = List.of("LIE", "AND", "SMR", "VAT", "MLT");
            for (int i = 0; i < countries.size(); i++) {
                // The deliverer has just read the grants.
                String known = feed.appendSchool("MCO");
                feed.announce();
                awaiting().until(() -> receiver.acceptedEvents().contains(known));
                FeedsTestBackend.grant(
                        feed.alliance(),
                        "g1",
                        "{\"countries\":[\"MCO\",\"" + String.join("\",\"", countries.subList(0, i + 1)) + "\"]}",
                        List.of());
                String entered = feed.appendSchool(countries.get(i));
                feed.announce();
                awaiting().until(() -> receiver.acceptedEvents().contains(entered));
                assertThat(triesOf(receiver.accepted(), entered))
                        .as(countries.get(i))
                        .noneMatch(WebhookDeliveryIT::isWithheld);
            }
        }
    }

    private static List<ReceivedWebhook> triesOf(List<ReceivedWebhook> requests, String event) {
        return requests.stream().filter(each -> each.eventIds().contains(event)).toList();
    }

    private static boolean isWithheld(ReceivedWebhook request) {
        return request.tree().path("data").path("withheld").asBoolean();
    }

    @Test
    void a_410_disables_the_endpoint() throws Exception {
        DeliveryTestFeed feed = DeliveryTestFeed.create(store);
        feed.append(1, 1);
        try (WebhookReceiver receiver = new WebhookReceiver()) {
            receiver.behave(ReceiverBehaviour.IS_GONE);
            String path = feed.enableEndpoint(receiver, false);
            awaiting()
                    .untilAsserted(() -> feed.request()
                            .get(path)
                            .then()
                            .body("status", is("disabled"))
                            .body("reason", is("gone")));
        }
    }

    @Test
    void a_suspension_stops_deliveries_and_its_end_lets_them_go_on() throws Exception {
        DeliveryTestFeed feed = DeliveryTestFeed.create(store);
        feed.append(3, 1);
        try (WebhookReceiver receiver = new WebhookReceiver()) {
            String path = feed.enableEndpoint(receiver, false);
            awaiting().until(() -> receiver.accepted().size() == 3);
            DeliveryTestFeed.runSql("update alliance set suspended_at = now() where code = ?", feed.alliance());
            // The grants are read again every 200 ms here; nothing that is numbered afterwards may leave.
            await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
            feed.append(3, 1);
            await().during(Duration.ofSeconds(1))
                    .atMost(TIMEOUT)
                    .until(() -> receiver.received().size() == 3);
            DeliveryTestFeed.runSql("update alliance set suspended_at = null where code = ?", feed.alliance());
            awaiting().until(() -> receiver.accepted().size() == 6);
            assertThat(path).isNotEmpty();
        }
    }

    @TrapTest(FeedTrap.UNREAD_AT_RETENTION)
    @Test
    void an_endpoint_says_that_an_unread_event_expires_soon() throws Exception {
        DeliveryTestFeed feed = DeliveryTestFeed.create(store);
        try (WebhookReceiver receiver = new WebhookReceiver()) {
            // Never enabled: a deliverer that runs for a moment after the change would deliver the event.
            String endpoint = feed.createEndpoint(receiver.url(), false)
                    .statusCode(201)
                    .extract()
                    .path("id");
            String path = feed.path() + "/" + endpoint;
            feed.request()
                    .body(Map.of("enabled", false))
                    .patch(path)
                    .then()
                    .statusCode(200)
                    .body("status", is("disabled"));
            feed.append(1, 1, java.time.Instant.now().minus(Duration.ofDays(23)));
            feed.request().get(path).then().body("delivery.expiresSoon", is(false));
            DeliveryTestFeed.runSql(
                    "update feed_event set stored_at = now() - interval '25 days' where feed = ?", feed.id());
            feed.request().get(path).then().body("delivery.expiresSoon", is(true));
            String expires = feed.request().get(path).then().extract().path("delivery.expiresAt");
            assertThat(Duration.between(java.time.Instant.now(), java.time.Instant.parse(expires)))
                    .isBetween(Duration.ofDays(4), Duration.ofDays(6));
        }
    }

    private static ConditionFactory awaiting() {
        return await().atMost(TIMEOUT).pollInterval(Duration.ofMillis(100));
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await(900, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static HttpHeaders headersOf(ReceivedWebhook request) {
        return HttpHeaders.of(
                request.headers().entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, each -> List.of(each.getValue()))),
                (_, _) -> true);
    }

    /** Requires that of each record every event comes for the first time after all earlier ones. */
    private static void requireOrder(List<ReceivedWebhook> requests) {
        Map<String, String> last = new HashMap<>();
        Set<String> seen = new HashSet<>();
        List<com.fasterxml.jackson.databind.JsonNode> events = new ArrayList<>();
        requests.forEach(each -> {
            if (each.tree().isArray()) {
                each.tree().forEach(events::add);
            } else {
                events.add(each.tree());
            }
        });
        events.forEach(event -> {
            String id = event.path("id").asText();
            if (seen.add(id)) {
                String before = last.put(event.path("subject").asText(), id);
                assertThat(before == null || before.compareTo(id) < 0)
                        .as("%s after %s", id, before)
                        .isTrue();
            }
        });
    }
}
