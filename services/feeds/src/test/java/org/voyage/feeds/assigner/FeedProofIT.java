package org.voyage.feeds.assigner;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.voyage.feeds.FeedsTestBackend.awaitEvents;
import static org.voyage.feeds.FeedsTestBackend.awaitScanned;
import static org.voyage.feeds.FeedsTestBackend.newKey;
import static org.voyage.feeds.FeedsTestBackend.queryNumber;
import static org.voyage.feeds.FeedsTestBackend.runSql;
import static org.voyage.feeds.FeedsTestBackend.schoolJson;
import static org.voyage.feeds.FeedsTestBackend.sendChange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.voyage.feeds.FeedsTestBackend;
import org.voyage.feeds.proof.CheckpointSigner;
import org.voyage.feeds.record.FeedRecord;
import org.voyage.kit.access.DatabaseScope;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.reference.ChinaTime;
import org.voyage.kittest.FeedTrap;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestTokens;
import org.voyage.kittest.TrapTest;

@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "feeds"))
class FeedProofIT {

    private static final String ALLIANCE = "PROOFS";

    @Inject
    StepFaults faults;

    @Inject
    CheckpointSigner signer;

    @Inject
    FeedRetention retention;

    @Inject
    FeedScopeEvaluator evaluator;

    @Inject
    DataSource dataSource;

    @BeforeAll
    static void prepare() throws Exception {
        FeedsTestBackend.createTopics();
        FeedsTestBackend.admit(ALLIANCE, "{}", List.of());
    }

    @Test
    void a_checkpoint_after_an_hour_states_all_events_before_it() throws Exception {
        String feed = newFeed("BTN");
        sendChange(FeedRecord.OVERSEAS_SCHOOL, newKey("12"), 1, schoolJson("BTN", "一"));
        awaitEvents(feed, 1);
        runSql("update feed set checkpoint_at = now() - interval '2 hours' where id = ?", feed);
        // The assigner reads the feed again after a failure.
        faults.failAt(StepPoint.BEFORE_COMMIT);
        sendChange(FeedRecord.OVERSEAS_SCHOOL, newKey("12"), 1, schoolJson("BTN", "二"));

        JsonNode checkpoint = awaitEvents(feed, events -> events.stream().anyMatch(FeedProofIT::isCheckpoint)).stream()
                .filter(FeedProofIT::isCheckpoint)
                .findFirst()
                .orElseThrow();
        requireSigned(feed, checkpoint.path("data"));
        // The status has all that a reader needs to verify it.
        JsonNode status = new JsonMapper()
                .readTree(given().auth()
                        .oauth2(TestTokens.allianceToken(ALLIANCE))
                        .get("/v1/feeds/" + feed + "/status")
                        .asString())
                .path("checkpoint");
        assertThat(status.path("id")).isEqualTo(checkpoint.path("id"));
        status.properties().stream()
                .filter(each -> !each.getKey().equals("id"))
                .forEach(each -> assertThat(each.getValue())
                        .as(each.getKey())
                        .isEqualTo(checkpoint.path("data").path(each.getKey())));
        requireSigned(feed, status);
    }

    private void requireSigned(String feed, JsonNode checkpoint) throws Exception {
        String note =
                "voyage-feed\n" + feed + "\n1\n" + checkpoint.path("sequence").asLong() + "\n"
                        + checkpoint.path("chain").asText().substring("sha256:".length()) + "\n"
                        + checkpoint.path("time").asText() + "\n";
        assertThat(isSignatureValid(note, checkpoint.path("signature").asText()))
                .isTrue();
    }

    @Test
    void the_retention_deletes_from_the_beginning_and_notes_the_last_event() {
        String feed = newFeed("MDV");
        sendChange(FeedRecord.OVERSEAS_SCHOOL, newKey("12"), 1, schoolJson("MDV", "一"));
        sendChange(FeedRecord.OVERSEAS_SCHOOL, newKey("12"), 1, schoolJson("MDV", "二"));
        awaitEvents(feed, 2);
        runSql("update feed_event set stored_at = now() - interval '31 days' where feed = ? and sequence = 1", feed);

        retention.deleteExpired();

        assertThat(queryNumber("select min(sequence) from feed_event where feed = ?", feed))
                .isEqualTo(2);
        assertThat(queryNumber("select expired_sequence from feed where id = ?", feed))
                .isEqualTo(1);
        assertThat(queryNumber("select stored_bytes from feed where id = ?", feed))
                .isEqualTo(queryNumber("select sum(octet_length(body)) from feed_event where feed = ?", feed)
                        + queryNumber("select sum(octet_length(state)) from feed_record where feed = ?", feed));

        runSql("update feed set deleted_at = now() - interval '2 days' where id = ?", feed);
        retention.deleteExpired();

        assertThat(queryNumber("select count(*) from feed_event where feed = ?", feed))
                .isZero();
        assertThat(queryNumber("select count(*) from feed where id = ?", feed)).isZero();
    }

    @Test
    void a_replay_keeps_the_changes_that_it_still_needs_and_no_others() {
        String feed = newFeed("MUS");
        runSql("delete from record_change");
        for (int days : List.of(45, 34, 34, 1)) {
            runSql(
                    "insert into record_change (outside_id, change, time)"
                            + " values ('x', 'corrected', now() - ?::int * interval '1 day')",
                    Integer.toString(days));
        }
        long first = queryNumber("select min(position) from record_change");
        // The assigner has the feed in memory and does not see this.
        runSql(
                "update feed set replay_day = current_date, replay_begun_at = ?::bigint, replay_position = ?::bigint,"
                        + " start_at = to_char(now() at time zone 'UTC' - interval '35 days', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
                        + " where id = ?",
                Long.toString(first + 2),
                Long.toString(first + 1),
                feed);
        try {
            retention.deleteExpired();

            assertThat(queryNumber("select min(position) from record_change")).isEqualTo(first + 2);
            assertThat(queryNumber("select count(*) from record_change")).isEqualTo(2);
        } finally {
            runSql(
                    "update feed set replay_day = null, replay_begun_at = null, replay_position = null, start_at = 'now'"
                            + " where id = ?",
                    feed);
            runSql("delete from record_change");
        }
    }

    @TrapTest(FeedTrap.SCOPE_MOVES_WITHOUT_WRITE)
    @Test
    void a_day_on_which_a_grant_ends_begins_a_scan() {
        String alliance = "PROOFSDAY";
        FeedsTestBackend.admit(alliance, "{}", List.of());
        LocalDate today = LocalDate.now(ChinaTime.CHINA_ZONE);
        runSql(
                "update grant_version set valid_until = ?::date where alliance = ?",
                today.plus(1, ChronoUnit.DAYS).toString(),
                alliance);
        String feed = FeedsTestBackend.createFeed(alliance, "{\"countries\":[\"LKA\"]}", "now");
        awaitScanned(feed);
        JdbcClient database = new JdbcClient(() -> DatabaseScope.runForAllProvinces(() -> dataSource.getConnection()));
        FeedRow row = Objects.requireNonNull(FeedRowStore.loadAll(database).get(feed));

        assertThat(evaluator.evaluate(row, today, false, false)).isEmpty();
        FeedRow tomorrow =
                evaluator.evaluate(row, today.plusDays(1), true, false).orElseThrow();
        assertThat(tomorrow.scan()).isEqualTo(RecordScan.begin(ScanCause.DAY));
        assertThat(Objects.requireNonNull(tomorrow.scope()).grants()).isEmpty();
    }

    private static boolean isCheckpoint(JsonNode event) {
        return event.path("data").path("kind").asText().equals("checkpoint");
    }

    private boolean isSignatureValid(String note, String base64) throws Exception {
        byte[] prefix = HexFormat.of().parseHex("302a300506032b6570032100");
        byte[] raw = signer.publicKeys().getFirst().publicKey();
        byte[] encoded = new byte[prefix.length + raw.length];
        System.arraycopy(prefix, 0, encoded, 0, prefix.length);
        System.arraycopy(raw, 0, encoded, prefix.length, raw.length);
        Signature verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
        verifier.update(note.getBytes(StandardCharsets.UTF_8));
        return verifier.verify(Base64.getDecoder().decode(base64));
    }

    private static String newFeed(String country) {
        String feed = FeedsTestBackend.createFeed(ALLIANCE, "{\"countries\":[\"" + country + "\"]}", "now");
        awaitScanned(feed);
        return feed;
    }
}
