package org.voyage.feeds.assigner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.voyage.feeds.FeedsTestBackend.awaitEvents;
import static org.voyage.feeds.FeedsTestBackend.awaitScanned;
import static org.voyage.feeds.FeedsTestBackend.kindsOf;
import static org.voyage.feeds.FeedsTestBackend.newKey;
import static org.voyage.feeds.FeedsTestBackend.recognitionJson;
import static org.voyage.feeds.FeedsTestBackend.schoolJson;
import static org.voyage.feeds.FeedsTestBackend.sendChange;
import static org.voyage.feeds.FeedsTestBackend.sendMove;
import static org.voyage.feeds.FeedsTestBackend.standardJson;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.voyage.feeds.FeedsTestBackend;
import org.voyage.feeds.record.FeedRecord;
import org.voyage.kittest.FeedTrap;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TrapTest;

@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "feeds"))
class FeedAssignerIT {

    private static final String ALLIANCE = "ASSIGNER";

    @BeforeAll
    static void prepare() throws Exception {
        FeedsTestBackend.createTopics();
        FeedsTestBackend.admit(ALLIANCE, "{}", List.of("overseas-school.hostCity"));
    }

    @TrapTest({FeedTrap.SEQUENCE_AS_INTEGER, FeedTrap.GLOBAL_COUNTERS})
    @Test
    void a_change_becomes_an_event_of_the_feed() {
        String feed = newFeed("LAO", "now");
        String key = newKey("12");

        sendChange(FeedRecord.OVERSEAS_SCHOOL, key, 1, schoolJson("LAO", "一"));
        sendChange(FeedRecord.OVERSEAS_SCHOOL, key, 2, schoolJson("LAO", "二"));
        sendChange(FeedRecord.OVERSEAS_SCHOOL, key, 3, null);

        List<JsonNode> events = awaitEvents(feed, 3);
        assertThat(kindsOf(events)).containsExactly("created", "corrected", "withdrawn");
        assertThat(events.get(0).path("id").asText()).isEqualTo("1-0000000000000001");
        assertThat(events.get(1).path("data").path("changed").toString()).isEqualTo("[\"name\"]");
        assertThat(events.get(0).path("data").path("state").path("hostCity").asText())
                .isEqualTo("Vientiane");
    }

    @TrapTest(FeedTrap.LEAVING_NAMES_DESTINATION)
    @Test
    void a_record_that_leaves_the_scope_names_no_destination() {
        String feed = newFeed("LAO", "now");
        String key = newKey("12");
        sendChange(FeedRecord.OVERSEAS_SCHOOL, key, 1, schoolJson("LAO", "一"));
        sendChange(FeedRecord.OVERSEAS_SCHOOL, key, 2, schoolJson("QAT", "一"));

        List<JsonNode> events = awaitEvents(feed, 2);

        assertThat(kindsOf(events)).containsExactly("created", "left-scope");
        assertThat(events.get(1).toString()).doesNotContain("QAT").doesNotContain("state");
    }

    @TrapTest({FeedTrap.WIDENING_AHEAD_OF_SCAN, FeedTrap.REPUBLISHED_VERSION, FeedTrap.CHANGES_BETWEEN_EVALUATIONS})
    @Test
    void a_snapshot_is_joined_and_changes_are_not_merged() {
        String key = newKey("12");
        sendChange(FeedRecord.OVERSEAS_SCHOOL, key, 1, schoolJson("KHM", "一"));
        String before = newFeed("KHM", "snapshot");
        awaitEvents(before, 1);

        String feed = newFeed("KHM", "snapshot");
        sendChange(FeedRecord.OVERSEAS_SCHOOL, key, 2, schoolJson("THA", "一"));
        sendChange(FeedRecord.OVERSEAS_SCHOOL, key, 3, schoolJson("KHM", "一"));
        sendChange(FeedRecord.OVERSEAS_SCHOOL, key, 3, "republished", schoolJson("KHM", "一"));
        sendChange(FeedRecord.OVERSEAS_SCHOOL, key, 4, schoolJson("KHM", "二"));

        assertThat(kindsOf(awaitEvents(feed, 4)))
                .containsExactly("present", "left-scope", "entered-scope", "corrected");
    }

    @TrapTest(FeedTrap.RECOGNITION_BEFORE_STANDARD)
    @Test
    void a_recognition_waits_for_its_standard_and_leaves_before_it() {
        String feed = newFeed("MMR", "now");
        String standard = newKey("12");
        String recognition = newKey("12");
        sendChange(FeedRecord.RECOGNITION, recognition, 1, recognitionJson(standard.substring(3), "MMR"));
        sendChange(FeedRecord.STANDARD, standard, 1, standardJson("一", "4112000001"));
        awaitEvents(feed, 2);
        sendChange(FeedRecord.RECOGNITION, recognition, 2, null);

        List<JsonNode> events = awaitEvents(feed, 4);

        assertThat(events.stream().map(event -> event.path("type").asText()).toList())
                .containsExactly(
                        "org.voyage.feed.standard.created.v1",
                        "org.voyage.feed.recognition.created.v1",
                        "org.voyage.feed.recognition.withdrawn.v1",
                        "org.voyage.feed.standard.left-scope.v1");
        assertThat(events.toString()).doesNotContain("evidence");
    }

    @TrapTest(FeedTrap.RENAME_AND_MERGE)
    @Test
    void a_moved_record_names_where_it_goes_on_only_in_scope() {
        String feed = newFeed("VNM", "now");
        String from = newKey("12");
        String to = newKey("12");
        sendChange(FeedRecord.OVERSEAS_SCHOOL, from, 1, schoolJson("VNM", "一"));
        awaitEvents(feed, 1);
        sendMove(FeedRecord.OVERSEAS_SCHOOL, from, 2, to);
        sendChange(FeedRecord.OVERSEAS_SCHOOL, to, 1, schoolJson("VNM", "一"));
        List<JsonNode> moved = awaitEvents(feed, 3);
        sendChange(FeedRecord.OVERSEAS_SCHOOL, to, 2, schoolJson("VNM", "二"));
        awaitEvents(feed, 4);

        assertThat(kindsOf(moved)).containsExactlyInAnyOrder("created", "withdrawn", "created");
        assertThat(moved.toString()).contains("\"movedTo\":\"overseas-school/");
    }

    @TrapTest({FeedTrap.WIDENED_OR_NARROWED_FIELDS, FeedTrap.HIDDEN_FIELDS_ONLY})
    @Test
    void opened_and_closed_fields_change_the_copy() {
        String alliance = "ASSIGNERFIELDS";
        FeedsTestBackend.admit(alliance, "{}", List.of());
        String feed = FeedsTestBackend.createFeed(alliance, "{\"countries\":[\"PHL\"]}", "now");
        awaitScanned(feed);
        String key = newKey("12");
        sendChange(FeedRecord.OVERSEAS_SCHOOL, key, 1, schoolJson("PHL", "一"));
        awaitEvents(feed, 1);
        sendChange(FeedRecord.OVERSEAS_SCHOOL, key, 2, schoolJson("PHL", "一").replace("Vientiane", "Manila"));

        FeedsTestBackend.grant(alliance, "g1", "{}", List.of("overseas-school.hostCity"));
        awaitEvents(feed, 2);
        FeedsTestBackend.grant(alliance, "g1", "{}", List.of());
        List<JsonNode> events = awaitEvents(feed, 3);

        assertThat(kindsOf(events)).containsExactly("created", "present", "corrected");
        assertThat(events.get(1).path("data").path("state").path("hostCity").asText())
                .isEqualTo("Manila");
        assertThat(events.get(1).path("data").path("because").asText()).isEqualTo("grant");
        assertThat(events.get(2).path("data").path("changed").toString()).isEqualTo("[\"hostCity\"]");
    }

    @TrapTest(FeedTrap.ONE_BROKEN_FEED)
    @Test
    void a_poison_event_and_a_broken_feed_stop_only_themselves() {
        String feed = newFeed("IDN", "now");
        String broken = FeedsTestBackend.createFeed(ALLIANCE, "{\"countries\":7}", "now");
        String poison = newKey("12");
        String sound = newKey("12");
        FeedsTestBackend.send(FeedRecord.OVERSEAS_SCHOOL, poison, "{".getBytes(StandardCharsets.UTF_8));
        sendChange(FeedRecord.OVERSEAS_SCHOOL, sound, 1, schoolJson("IDN", "一"));
        awaitEvents(feed, 1);
        sendChange(FeedRecord.OVERSEAS_SCHOOL, poison, 2, schoolJson("IDN", "二"));

        assertThat(kindsOf(awaitEvents(feed, 2))).containsExactly("created", "entered-scope");
        assertThat(FeedsTestBackend.queryNumber(
                        "select count(*) from feed where id = ? and stopped_reason is not null", broken))
                .isEqualTo(1);
        assertThat(FeedsTestBackend.queryNumber(
                        "select count(*) from feed_dead_letter where convert_from(key, 'UTF8') = ? and healed_at is"
                                + " not null",
                        poison))
                .isEqualTo(1);
        FeedsTestBackend.runSql("update feed set deleted_at = now() where id = ?", broken);
    }

    @TrapTest(FeedTrap.REPUBLISHED_VERSION)
    @Test
    void another_content_of_a_known_version_is_set_aside_and_the_first_counts() {
        String feed = newFeed("TUV", "now");
        String key = newKey("12");
        sendChange(FeedRecord.OVERSEAS_SCHOOL, key, 1, schoolJson("TUV", "一"));
        awaitEvents(feed, 1);
        sendChange(FeedRecord.OVERSEAS_SCHOOL, key, 1, "republished", schoolJson("TUV", "一"));
        sendChange(FeedRecord.OVERSEAS_SCHOOL, key, 1, "republished", schoolJson("TUV", "别样"));
        await().atMost(FeedsTestBackend.TIMEOUT)
                .until(() -> FeedsTestBackend.queryNumber(
                                "select count(*) from feed_dead_letter where convert_from(key, 'UTF8') = ?"
                                        + " and healed_at is null and reason like 'another content%'",
                                key)
                        == 1);
        sendChange(FeedRecord.OVERSEAS_SCHOOL, key, 2, schoolJson("TUV", "二"));

        List<JsonNode> events = awaitEvents(feed, 2);

        assertThat(kindsOf(events)).containsExactly("created", "corrected");
        assertThat(events.toString()).doesNotContain("别样");
    }

    static String newFeed(String country, String start) {
        String feed = FeedsTestBackend.createFeed(ALLIANCE, "{\"countries\":[\"" + country + "\"]}", start);
        awaitScanned(feed);
        return feed;
    }
}
