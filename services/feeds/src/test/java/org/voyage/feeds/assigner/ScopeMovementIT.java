package org.voyage.feeds.assigner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.voyage.feeds.FeedsTestBackend.TIMEOUT;
import static org.voyage.feeds.FeedsTestBackend.awaitEvents;
import static org.voyage.feeds.FeedsTestBackend.awaitKnown;
import static org.voyage.feeds.FeedsTestBackend.awaitScanned;
import static org.voyage.feeds.FeedsTestBackend.newKey;
import static org.voyage.feeds.FeedsTestBackend.queryNumber;
import static org.voyage.feeds.FeedsTestBackend.runSql;
import static org.voyage.feeds.FeedsTestBackend.schoolJson;
import static org.voyage.feeds.FeedsTestBackend.sendChange;
import static org.voyage.feeds.FeedsTestBackend.withoutCheckpoints;
import static org.voyage.feeds.alliance.RegistryRequests.ALLIANCE;
import static org.voyage.feeds.alliance.RegistryRequests.operator;
import static org.voyage.feeds.alliance.RegistryRequests.put;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.arc.Arc;
import io.quarkus.arc.InjectableBean;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voyage.feeds.FeedsTestBackend;
import org.voyage.feeds.ShiftedClock;
import org.voyage.feeds.check.FeedEvidence;
import org.voyage.feeds.check.FeedLogChecker;
import org.voyage.feeds.grant.FeedScopeResolver;
import org.voyage.feeds.record.FeedRecord;
import org.voyage.kit.reference.ChinaTime;
import org.voyage.kittest.FeedTrap;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TrapTest;

/** Scopes that move though no record changes: what enters and leaves becomes numbered events with their reason. */
@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "feeds"))
class ScopeMovementIT {

    private static final String LISTS_SETTING = "voyage.feeds.country-lists";
    /** How long before midnight the clock goes on, so that midnight passes while the assigner runs. */
    private static final long MILLIS_TO_MIDNIGHT = 1_500;

    private static final int WIDE_SCOPE = 1_000;

    @Inject
    StepFaults faults;

    @Inject
    ShiftedClock clock;

    @BeforeAll
    static void prepare() throws Exception {
        FeedsTestBackend.createTopics();
    }

    @TrapTest(FeedTrap.SCOPE_MOVES_WITHOUT_WRITE)
    @Test
    void a_member_that_joins_and_leaves_moves_its_records() throws Exception {
        String alliance = "MOVESMEMBER";
        put(alliance, ALLIANCE).statusCode(201);
        put(alliance + "/grants/g-1", """
                {"records":["cooperative-programme"],"members":true,"legalBasis":"x","from":"2024-01-01"}""").statusCode(201);
        String feed = newFeed(alliance, "{}");
        String key = newKey("12");
        sendChange(FeedRecord.COOPERATIVE_PROGRAMME, key, 1, programmeJson("BOL"));
        awaitKnown(key);

        put(alliance + "/members/u-1", memberJson("BOL", "")).statusCode(201);
        awaitEvents(feed, 1);
        operator()
                .delete("/v1/alliances/" + alliance + "/members/u-1?reason=left")
                .then()
                .statusCode(204);

        assertThat(describe(awaitEvents(feed, 2)))
                .containsExactly("1-0000000000000001 entered-scope member", "1-0000000000000002 left-scope member");
        requireNoFaults(feed);
    }

    @TrapTest(FeedTrap.SCOPE_MOVES_WITHOUT_WRITE)
    @Test
    void a_replaced_list_moves_the_records_of_its_countries_at_the_next_start(@TempDir Path lists) throws Exception {
        String alliance = "MOVESLIST";
        FeedsTestBackend.admit(alliance, "{}", List.of());
        String feed = newFeed(alliance, "{\"lists\":[\"sco\"],\"countries\":[\"TJK\",\"KGZ\"]}");
        sendChange(FeedRecord.OVERSEAS_SCHOOL, newKey("12"), 1, schoolJson("TJK", "一"));
        sendChange(FeedRecord.OVERSEAS_SCHOOL, newKey("12"), 1, schoolJson("KGZ", "二"));
        awaitEvents(feed, 2);
        Files.writeString(lists.resolve("sco.csv"), "alpha3,from,until,precision,note\nKGZ,2001-06-15,,day,\n");
        System.setProperty(LISTS_SETTING, lists.toString());
        try {
            startAgain();
            List<JsonNode> left = awaitEvents(feed, 3);
            assertThat(describe(left.subList(2, 3))).containsExactly("1-0000000000000003 left-scope list");
            assertThat(left.get(2).path("subject").asText())
                    .isEqualTo(left.stream()
                            .filter(event -> event.toString().contains("TJK"))
                            .findFirst()
                            .orElseThrow()
                            .path("subject")
                            .asText());
        } finally {
            System.clearProperty(LISTS_SETTING);
            startAgain();
        }

        List<JsonNode> events = awaitEvents(feed, 4);

        assertThat(describe(events.subList(3, 4))).containsExactly("1-0000000000000004 entered-scope list");
        assertThat(events.get(3).at("/data/state/hostCountry").asText()).isEqualTo("TJK");
        requireNoFaults(feed);
    }

    @TrapTest(FeedTrap.SCOPE_MOVES_WITHOUT_WRITE)
    @Test
    void a_release_with_another_region_file_moves_the_records_of_its_countries() throws Exception {
        String alliance = "MOVESREGION";
        FeedsTestBackend.admit(alliance, "{}", List.of());
        String key = newKey("12");
        sendChange(FeedRecord.OVERSEAS_SCHOOL, key, 1, schoolJson("SUR", "一"));
        awaitKnown(key);
        String feed = newFeed(alliance, "{\"regions\":[\"south-america\"],\"countries\":[\"SUR\"]}");
        // What a release leaves behind whose region file did not have the country.
        runSql("update feed set scope = jsonb_set(scope, '{filter,countries}', '[]') where id = ?", feed);
        runSql("delete from feed_record where feed = ?", feed);

        startAgain();

        assertThat(describe(awaitEvents(feed, 1))).containsExactly("1-0000000000000001 entered-scope region");
        requireNoFaults(feed);
    }

    @TrapTest(FeedTrap.SCOPE_MOVES_WITHOUT_WRITE)
    @Test
    void midnight_in_shanghai_ends_grants_and_memberships_while_the_assigner_runs() throws Exception {
        LocalDate today = LocalDate.now(ChinaTime.CHINA_ZONE);
        LocalDate tomorrow = today.plusDays(1);
        Instant midnight = tomorrow.atStartOfDay(ChinaTime.CHINA_ZONE).toInstant();
        FeedsTestBackend.admit("MOVESGRANT", "{}", List.of());
        runSql("update grant_version set valid_until = ?::date where alliance = 'MOVESGRANT'", tomorrow.toString());
        put("MOVESUNTIL", ALLIANCE).statusCode(201);
        put("MOVESUNTIL/grants/g-1", """
                {"records":["cooperative-programme"],"members":true,"legalBasis":"x","from":"2024-01-01"}""").statusCode(201);
        put("MOVESUNTIL/members/u-1", memberJson("PRY", ",\"until\":\"" + tomorrow + "\""))
                .statusCode(201);
        List<String> feeds = List.of(newFeed("MOVESGRANT", "{\"countries\":[\"GUY\"]}"), newFeed("MOVESUNTIL", "{}"));
        sendChange(FeedRecord.OVERSEAS_SCHOOL, newKey("12"), 1, schoolJson("GUY", "一"));
        sendChange(FeedRecord.COOPERATIVE_PROGRAMME, newKey("12"), 1, programmeJson("PRY"));
        feeds.forEach(feed -> awaitEvents(feed, 1));
        try {
            clock.goOnFrom(midnight.minusMillis(MILLIS_TO_MIDNIGHT));
            for (String feed : feeds) {
                List<JsonNode> events = withoutCheckpoints(awaitEvents(feed, 2));
                assertThat(describe(events).getLast()).endsWith("left-scope day");
                assertThat(Instant.parse(events.getLast().path("time").asText()))
                        .isBetween(midnight, midnight.plus(TIMEOUT));
                requireNoFaults(feed);
            }

            // An instance whose clock is behind takes over: the day that was judged by stays.
            clock.goOnFrom(midnight.minus(TIMEOUT));
            await().during(Duration.ofSeconds(3))
                    .atMost(TIMEOUT)
                    .until(() -> feeds.stream()
                            .allMatch(feed -> withoutCheckpoints(FeedsTestBackend.readEvents(feed))
                                            .size()
                                    == 2));
        } finally {
            feeds.forEach(FeedsTestBackend::deleteFeed);
            clock.goOnWithMachine();
            // The other tests go on today.
            runSql("update assigner_state set evaluated_on = ?::date", today.toString());
        }
    }

    @Test
    void a_stored_scope_is_written_again_only_when_it_changes() {
        FeedsTestBackend.admit("MOVESWRITE", "{}", List.of());
        // So many colleges that PostgreSQL stores the scope apart from the row, with an id of each writing.
        String colleges = new Random(8)
                .ints(WIDE_SCOPE, 100_000, 1_000_000)
                .mapToObj("\"4113%d\""::formatted)
                .collect(Collectors.joining(",", "[\"4112000001\",", "]"));
        String feed = newFeed("MOVESWRITE", "{\"countries\":[\"PER\"],\"colleges\":" + colleges + "}");
        String writing = "select coalesce(pg_column_toast_chunk_id(scope), 0) from feed where id = ?";
        long first = queryNumber(writing, feed);
        assertThat(first).isPositive();
        for (int events = 1; events <= 3; events++) {
            sendChange(FeedRecord.OVERSEAS_SCHOOL, newKey("12"), 1, schoolJson("PER", "秘" + events));
            awaitEvents(feed, events);
        }
        assertThat(queryNumber(writing, feed)).isEqualTo(first);

        runSql("update feed set filter = jsonb_set(filter, '{countries}', '[\"CHL\"]') where id = ?", feed);
        awaitEvents(feed, 6);

        assertThat(queryNumber(writing, feed)).isNotEqualTo(first);
    }

    /** Lets the service begin as after a restart: files are read again, and each scope is evaluated for the first time. */
    private void startAgain() {
        faults.failAfter(StepCrashPoint.BEFORE_COMMIT, () -> {
            InjectableBean<?> resolver =
                    Arc.container().instance(FeedScopeResolver.class).getBean();
            Objects.requireNonNull(Arc.container().getActiveContext(ApplicationScoped.class))
                    .destroy(resolver);
        });
        sendChange(FeedRecord.OVERSEAS_SCHOOL, newKey("12"), 1, schoolJson("URY", "一"));
        await().atMost(TIMEOUT).until(faults::hasFailed);
    }

    private static String newFeed(String alliance, String filter) {
        String feed = FeedsTestBackend.createFeed(alliance, filter, "now");
        awaitScanned(feed);
        return feed;
    }

    private static String programmeJson(String country) {
        return """
            {"name":"项目","college":"4112012345","foreignPartners":[{"name":"Example College","country":"%s"}],\
            "approvedOn":"2015-03-01","scheme":"ordinary","major":"460301","status":"enrolling"}\
            """.formatted(country);
    }

    private static String memberJson(String country, String until) {
        return """
            {"kind":"foreign-university","names":["Example College"],"country":"%s","from":"2024-11-01"%s}\
            """.formatted(country, until);
    }

    /** Returns id, kind and reason of each event. */
    private static List<String> describe(List<JsonNode> events) {
        return withoutCheckpoints(events).stream()
                .map(event -> event.path("id").asText() + " "
                        + event.at("/data/kind").asText() + " "
                        + event.at("/data/because").asText())
                .toList();
    }

    private static void requireNoFaults(String feed) throws Exception {
        try (Connection database = FeedsTestBackend.connect()) {
            assertThat(FeedLogChecker.findFaults(FeedEvidence.ofDatabase(database, feed)))
                    .isEmpty();
        }
    }
}
