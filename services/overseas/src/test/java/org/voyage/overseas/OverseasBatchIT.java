package org.voyage.overseas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.voyage.kittest.RecordApiClient.as;
import static org.voyage.overseas.OverseasBodies.awaitEvents;
import static org.voyage.overseas.OverseasBodies.awaitRecords;
import static org.voyage.overseas.OverseasBodies.bureau;
import static org.voyage.overseas.OverseasBodies.newSourceId;
import static org.voyage.overseas.OverseasBodies.openSchool;
import static org.voyage.overseas.OverseasBodies.put;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.voyage.kittest.KafkaTopicReader;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestServers;

@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class OverseasBatchIT {

    private static final String SCHOOLS_PATH = "/v1/overseas-schools";
    private static final String HEADER =
            "sourceId,name,brand,tier,form,hostCountry,foundingColleges,status,openedOn,closedOn\r\n";

    private final String id = newSourceId("B");

    private static Response postBatch(String type, String query, String body) {
        return bureau("44")
                .contentType(type)
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post(SCHOOLS_PATH + "/batches" + query);
    }

    private String line(int n, String country) {
        return "%s-%d,学校%d,other,workshop,branch,%s,4144012345|4144054321,open,2019-09-01,\r\n"
                .formatted(id, n, n, country);
    }

    private static String ndjson(String sourceId) {
        return openSchool().replaceAll("\\s*\\n\\s*", "").replaceFirst("\\{", "{\"sourceId\":\"" + sourceId + "\",")
                + "\n";
    }

    @Test
    void each_row_gets_its_outcome_and_the_refused_come_back_to_be_corrected_and_sent_again() {
        Response answer =
                postBatch("text/csv", "", "\uFEFF" + HEADER + line(1, "THA") + line(2, "ROC") + line(3, "KEN"));
        answer.then()
                .statusCode(200)
                .header("Voyage-Receipt", notNullValue())
                .body("counts.created", equalTo(2))
                .body("counts.refused", equalTo(1));
        String batch = "/v1/batches/" + answer.path("id");

        assertThat(bureau("44").get(batch + "/rows").asString().lines().toList())
                .hasSize(3)
                .satisfiesExactly(
                        row -> assertThat(row).contains("created"),
                        row -> assertThat(row).contains("refused").contains("/hostCountry"),
                        row -> assertThat(row).contains("created"));
        String refused = new String(bureau("44").get(batch + "/refused").asByteArray(), StandardCharsets.UTF_8);
        assertThat(refused).contains(id + "-2").contains("ROC").doesNotContain(id + "-1");

        postBatch("text/csv", "", refused.replace(",ROC,", ",COG,")).then().body("counts.created", equalTo(1));
        bureau("44").get(SCHOOLS_PATH + "/44/" + id + "-2").then().body("fields.foundingColleges.size()", equalTo(2));
        bureau("31").get(batch).then().statusCode(404);
    }

    @Test
    void a_dry_run_gives_the_same_answer_and_stores_and_publishes_nothing() {
        String rows = ndjson(id) + ndjson(id).replace("大城", "曼谷");
        postBatch("application/x-ndjson", "?dryRun=true", rows)
                .then()
                .statusCode(200)
                .header("Voyage-Receipt", equalTo(null))
                .body("counts.created", equalTo(1))
                .body("counts.refused", equalTo(1));
        bureau("44").get(SCHOOLS_PATH + "/44/" + id).then().statusCode(404);
        postBatch("application/x-ndjson", "", rows)
                .then()
                .body("counts.created", equalTo(1))
                .body("counts.refused", equalTo(1));
        assertThat(awaitEvents("overseas.overseas-school", "44/" + id, 1)).hasSize(1);
    }

    /**
     * The file creates a school, changes one and withdraws one, and releases a parked row. Refused and unchanged rows
     * are absent.
     */
    @Test
    void a_dry_run_says_record_by_record_what_the_events_will_say() {
        postBatch("application/x-ndjson", "", ndjson(id + "-old") + ndjson(id + "-gone") + ndjson(id + "-same"));
        String count = "{\"sourceId\":\"" + id + "-count\",\"school\":\"" + id
                + "-new\",\"year\":2025,\"major\":\"460301\",\"students\":12}\n";
        OverseasBodies.sendFile("44", "/v1/overseas-headcounts/batches", "application/x-ndjson", count)
                .then()
                .body("counts.parked", equalTo(1));
        String file = ndjson(id + "-new")
                + ndjson(id + "-old").replace("大城", "曼谷")
                + "{\"sourceId\":\"" + id + "-gone\",\"withdraw\":true,\"reason\":\"重复登记\"}\n"
                + ndjson(id + "-same")
                + ndjson(id + "-bad").replace("\"THA\"", "\"XXX\"");

        Response answer = postBatch("application/x-ndjson", "?dryRun=changes", file);
        String stored = postBatch("application/x-ndjson", "", file).path("id");

        answer.then().statusCode(200).contentType(containsString("application/x-ndjson"));
        String lines = textOf(answer);
        Map<String, JsonNode> changes = new TreeMap<>();
        for (String line : lines.lines().toList()) {
            JsonNode change = OverseasBodies.parseJson(line.getBytes(StandardCharsets.UTF_8));
            changes.put(change.path("sourceId").asText(), change);
        }
        assertThat(changes).containsOnlyKeys(id + "-count", id + "-gone", id + "-new", id + "-old");
        assertThat(lines).contains("曼谷").doesNotContain("重复登记");
        changes.forEach((key, change) -> {
            int versions = key.endsWith("-old") || key.endsWith("-gone") ? 2 : 1;
            String topic = "overseas." + change.path("record").asText();
            JsonNode event = awaitEvents(topic, "44/" + key, versions).getLast();
            for (String name : List.of("province", "sourceId", "change", "after")) {
                assertThat(change.get(name)).as(name).isEqualTo(event.get(name));
            }
        });
        String batch = answer.header("Location");
        assertThat(textOf(bureau("44").get(batch + "/changes"))).isEqualTo(lines);
        bureau("31").get(batch + "/changes").then().statusCode(404);
        bureau("44")
                .get("/v1/batches/" + stored + "/changes")
                .then()
                .statusCode(409)
                .body("errors[0].rule", equalTo("no-dry-run"));
    }

    private static String textOf(Response answer) {
        return new String(answer.asByteArray(), StandardCharsets.UTF_8);
    }

    @Test
    void a_dry_run_of_mode_all_with_a_refused_row_changes_nothing() {
        String good = ndjson(id);
        String bad = ndjson(id + "-2").replace("\"THA\"", "\"XXX\"");

        Response refused = postBatch("application/x-ndjson", "?mode=all&dryRun=changes", good + bad);
        Response sound = postBatch("application/x-ndjson", "?mode=all&dryRun=changes", good);

        assertThat(refused.statusCode()).isEqualTo(200);
        assertThat(textOf(refused)).isEmpty();
        assertThat(textOf(sound).lines()).hasSize(1);
        postBatch("application/x-ndjson", "?dryRun=change", good).then().statusCode(400);
    }

    /**
     * The answer is long and the dry run stores nothing. So the service keeps nothing under the key, not even the
     * file's identity.
     */
    @Test
    void a_dry_run_that_lists_its_changes_runs_again_under_its_key_and_sees_later_writes() {
        String key = newSourceId("K");
        Response first = postDryRun(key, ndjson(id));
        postBatch("application/x-ndjson", "", ndjson(id));
        Response second = postDryRun(key, ndjson(id));
        Response other = postDryRun(key, ndjson(id + "-2"));

        assertThat(textOf(first).lines()).hasSize(1);
        assertThat(second.header("Idempotency-Replayed")).isNull();
        assertThat(second.header("Location")).isNotEqualTo(first.header("Location"));
        assertThat(textOf(second)).isEmpty();
        assertThat(textOf(other).lines()).hasSize(1);
    }

    private static Response postDryRun(String key, String rows) {
        Response answer = bureau("44")
                .contentType("application/x-ndjson")
                .header("Idempotency-Key", key)
                .body(rows.getBytes(StandardCharsets.UTF_8))
                .post(SCHOOLS_PATH + "/batches?dryRun=changes");
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer;
    }

    @Test
    void a_dry_run_that_would_change_too_much_for_a_preview_says_so() {
        StringBuilder file = new StringBuilder(HEADER);
        for (int i = 0; i <= 20_000; i++) {
            file.append(line(i, "THA"));
        }

        Response answer = postBatch("text/csv", "?dryRun=changes", file.toString());

        answer.then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("errors[0].rule", equalTo("too-many-changes"))
                .body("errors[0].detailZh", containsString("20000"));
        bureau("44").get(answer.header("Location")).then().body("counts.created", equalTo(20_001));
    }

    @Test
    void the_event_of_a_file_counts_its_rows_by_year() {
        String file = postBatch(
                        "text/csv",
                        "",
                        HEADER
                                + line(1, "THA")
                                + line(2, "ROC")
                                + line(3, "THA").replace("2019-09-01", "2018年3月8日")
                                + line(4, "THA").replace("2019-09-01", "soon"))
                .path("id");

        JsonNode years = OverseasBodies.parseJson(awaitRecords("overseas.batch", "44/" + file, 1)
                        .getFirst()
                        .value())
                .at("/after/years");

        assertThat(years).isEqualTo(OverseasBodies.parseJson("""
                                        [{"received":0,"parked":0,"refused":1},
                                         {"year":2018,"received":1,"parked":0,"refused":0},
                                         {"year":2019,"received":1,"parked":0,"refused":1}]""".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void the_fate_of_every_file_is_an_event_and_a_dry_run_s_is_not() {
        postBatch("application/x-ndjson", "?dryRun=true", ndjson(id));
        String rows = postBatch("text/csv", "", HEADER + line(1, "THA") + line(2, "ROC"))
                .path("id");
        String all = postBatch(
                        "application/x-ndjson",
                        "?mode=all",
                        ndjson(id) + ndjson(id + "-3").replace("\"THA\"", "\"XXX\""))
                .header("Location");

        List<ConsumerRecord<String, byte[]>> kept = awaitRecords("overseas.batch", "44/" + rows, 1);
        List<ConsumerRecord<String, byte[]>> undone =
                awaitRecords("overseas.batch", "44/" + all.substring(all.lastIndexOf('/') + 1), 1);

        assertThat(kept).hasSize(1);
        OverseasBodies.assertMatchesSchema("batch", kept);
        OverseasBodies.assertMatchesSchema("batch", undone);
        var counts = OverseasBodies.parseJson(kept.getFirst().value()).at("/after/counts");
        assertThat(List.of(
                        counts.path("rows").asInt(),
                        counts.path("created").asInt(),
                        counts.path("refused").asInt()))
                .containsExactly(2, 1, 1);
        assertThat(OverseasBodies.parseJson(undone.getFirst().value())
                        .at("/after/state")
                        .asText())
                .isEqualTo("failed");
        assertThat(KafkaTopicReader.readAll("overseas.batch"))
                .extracting(event -> new String(event.value(), StandardCharsets.UTF_8))
                .noneMatch(event -> event.contains("大城") || event.contains(id));
    }

    @Test
    void mode_all_stores_nothing_when_one_row_is_refused() {
        postBatch(
                        "application/x-ndjson",
                        "?mode=all",
                        ndjson(id) + ndjson(id + "-2").replace("\"THA\"", "\"XXX\""))
                .then()
                .statusCode(422)
                .header("Location", notNullValue());
        bureau("44").get(SCHOOLS_PATH + "/44/" + id).then().statusCode(404);
        postBatch("application/x-ndjson", "?mode=all", ndjson(id) + ndjson(id + "-2"))
                .then()
                .statusCode(200);
        bureau("44").get(SCHOOLS_PATH + "/44/" + id + "-2").then().statusCode(200);
    }

    @Test
    void the_same_file_again_changes_nothing_and_withdrawing_rows_withdraw() {
        String rows = ndjson(id) + ndjson(id + "-2");
        postBatch("application/x-ndjson", "", rows).then().body("counts.created", equalTo(2));
        postBatch("application/x-ndjson", "", rows).then().body("counts.unchanged", equalTo(2));
        postBatch("application/x-ndjson", "", "{\"sourceId\":\"" + id + "\",\"withdraw\":true,\"reason\":\"重复\"}\n")
                .then()
                .body("counts.withdrawn", equalTo(1));
        bureau("44").get(SCHOOLS_PATH + "/44/" + id).then().body("withdrawn", equalTo(true));
    }

    @Test
    void a_file_that_says_two_things_about_a_record_comes_out_the_same_however_often_it_is_sent() {
        String other = id + "-2";
        String rows = ndjson(id)
                + ndjson(id).replace("大城", "曼谷")
                + ndjson(other)
                + "{\"sourceId\":\"" + other + "\",\"withdraw\":true,\"reason\":\"重复\"}\n"
                + ndjson(id);
        for (int time = 0; time < 3; time++) {
            postBatch("application/x-ndjson", "", rows)
                    .then()
                    .body("counts.created", equalTo(time == 0 ? 2 : 0))
                    .body("counts.unchanged", equalTo(time == 0 ? 1 : 3))
                    .body("counts.refused", equalTo(2))
                    .body("errors.rule", equalTo(List.of("twice-in-file")))
                    .body("errors[0].detail", endsWith("Line 1 has the same key."));
        }
        bureau("44").get(SCHOOLS_PATH + "/44/" + id).then().body("version", equalTo(1));
        bureau("44").get(SCHOOLS_PATH + "/44/" + other).then().body("version", equalTo(1));
    }

    @Test
    void keys_of_a_file_that_differ_only_in_spelling_give_a_warning_in_a_dry_run_and_when_stored() {
        StringBuilder rows = new StringBuilder(ndjson(id + "-LB-01"));
        rows.append(ndjson(id + "-lb_01"));
        rows.append(ndjson(id + "-XX-1").replace("\"THA\"", "\"XXX\""));
        for (int i = 0; i < 1_000; i++) {
            rows.append(ndjson(id + "-" + i));
        }
        rows.append(ndjson(id + "-LB 1")).append(ndjson(id + "-lb_01"));
        rows.append(ndjson(id + "-LB-1-1")).append(ndjson(id + "-LB-11"));
        for (String query : List.of("?dryRun=true", "?mode=rows")) {
            Response answer = postBatch("application/x-ndjson", query, rows.toString());

            answer.then()
                    .statusCode(200)
                    .body("counts.warned", equalTo(2))
                    .body("warnings.rule", equalTo(List.of("key-alike")))
                    .body("warnings.rows", equalTo(List.of(2)))
                    .body("warnings.firstLine", equalTo(List.of(2)))
                    .body("warnings.sourceId", equalTo(List.of(id + "-lb_01")))
                    .body("warnings[0].detail", containsString("Line 1 has the key " + id + "-LB-01:"))
                    .body("warnings[0].detailZh", containsString("第 1 行的记录编号 " + id + "-LB-01 "));
            String far = textOf(bureau("44").get("/v1/batches/" + answer.path("id") + "/rows"))
                    .lines()
                    .filter(row -> row.contains("LB 1"))
                    .findFirst()
                    .orElseThrow();
            assertThat(far).contains("key-alike", "Line 1 has the key " + id + "-LB-01:", "\"line\":1004");
        }
    }

    @Test
    void a_new_record_whose_key_is_a_stored_key_in_another_spelling_gives_a_warning() {
        String stored = ndjson(id + "-A-01")
                + ndjson(id + "-B-01")
                + ndjson(id + "-C-01")
                + ndjson(id + "-D-01")
                + ndjson(id + "-D—1");
        postBatch("application/x-ndjson", "", stored).then().body("counts.created", equalTo(5));
        postBatch(
                "application/x-ndjson", "", "{\"sourceId\":\"" + id + "-C-01\",\"withdraw\":true,\"reason\":\"重复登记\"}");
        OverseasBodies.sendFile("43", SCHOOLS_PATH + "/batches", "application/x-ndjson", ndjson(id + "-E-01"))
                .then()
                .body("counts.created", equalTo(1));
        String rows = ndjson(id + "-new")
                + ndjson(id + "-a—01")
                + ndjson(id + "-B_1")
                + ndjson(id + "-C—01")
                + ndjson(id + "-D-01").replace("大城", "曼谷")
                + ndjson(id + "-E—01");
        for (String query : List.of("?dryRun=true", "?mode=rows")) {
            Response answer = postBatch("application/x-ndjson", query, rows);

            answer.then()
                    .statusCode(200)
                    .body("counts.created", equalTo(5))
                    .body("counts.corrected", equalTo(1))
                    .body("counts.warned", equalTo(2))
                    .body("warnings.rule", equalTo(List.of("key-alike")))
                    .body("warnings.rows", equalTo(List.of(2)))
                    .body("warnings.firstLine", equalTo(List.of(2)))
                    .body("warnings.sourceId", equalTo(List.of(id + "-a—01")))
                    .body("warnings[0].detail", startsWith("The key " + id + "-A-01 of a stored record"))
                    .body("warnings[0].detailZh", containsString("已有记录的编号 " + id + "-A-01 "));
            assertThat(textOf(bureau("44").get("/v1/batches/" + answer.path("id") + "/rows"))
                            .lines()
                            .filter(row -> row.contains("key-alike")))
                    .satisfiesExactly(
                            row -> assertThat(row).contains(id + "-a—01", id + "-A-01 of", "\"line\":2"),
                            row -> assertThat(row).contains(id + "-B_1", id + "-B-01 of", "\"line\":3"));
        }
        postBatch("application/x-ndjson", "", rows)
                .then()
                .body("counts.unchanged", equalTo(6))
                .body("counts.warned", equalTo(0));
    }

    @Test
    void a_key_that_is_corrected_by_withdrawal_of_its_old_spelling_gives_no_warning() {
        postBatch("application/x-ndjson", "", ndjson(id + "_7")).then().body("counts.created", equalTo(1));
        String repaired =
                "{\"sourceId\":\"" + id + "_7\",\"withdraw\":true,\"reason\":\"编号有误\"}\n" + ndjson(id + "-07");

        postBatch("application/x-ndjson", "", repaired)
                .then()
                .body("counts.withdrawn", equalTo(1))
                .body("counts.created", equalTo(1))
                .body("counts.warned", equalTo(0));
    }

    @Test
    void a_row_that_is_refused_as_a_whole_names_a_rule_that_can_be_looked_up() {
        String moved = newSourceId("MOVED");
        postBatch("application/x-ndjson", "", ndjson(moved)).then().body("counts.created", equalTo(1));
        bureau("44")
                .body("{\"sourceId\":\"" + id + "\",\"reason\":\"编号有误\"}")
                .post(SCHOOLS_PATH + "/44/" + moved + "/rename")
                .then()
                .statusCode(200);
        String never = "{\"sourceId\":\"" + newSourceId("NEVER") + "\",\"withdraw\":true,\"reason\":\"重复\"}\n";

        Response answer = postBatch("application/x-ndjson", "", ndjson(moved).replace("大城", "曼谷") + never);

        answer.then()
                .statusCode(200)
                .body("errors.rule", equalTo(List.of("record-moved", "nothing-to-withdraw")))
                .body("errors[0].detail", containsString(id))
                .body("errors[1].repairZh", equalTo("核对记录编号；从未报送的，无需撤回。"));
        for (String rule : answer.<List<String>>path("errors.rule")) {
            bureau("44").get("/v1/rules/" + rule).then().statusCode(200);
        }
    }

    @Test
    void ten_thousand_rows_arrive_once_each_in_the_topic() {
        StringBuilder rows = new StringBuilder(HEADER);
        int count = 10_000;
        for (int i = 0; i < count; i++) {
            rows.append(line(i, "LAO"));
        }
        postBatch("text/csv", "", rows.toString()).then().statusCode(200).body("counts.created", equalTo(count));
        assertThat(awaitEvents("overseas.overseas-school", "44/" + id + "-" + (count - 1), 1))
                .hasSize(1);
    }

    @Test
    void a_table_of_a_clerk_in_chinese_and_gb18030_is_understood() {
        String table = "记录编号,名称,品牌,层级,办学形式,所在国家,举办院校,外方合作者,状态,开办日期\r\n" + id
                + ",泰国鲁班工坊,鲁班工坊,工坊,培训中心,泰国,4144012345、4144054321,大城技术学院：泰国,运行,2019年9月1日\r\n";
        bureau("44")
                .contentType("text/csv")
                .body(table.getBytes(Charset.forName("GB18030")))
                .post(SCHOOLS_PATH + "/batches")
                .then()
                .body("counts.created", equalTo(1));
        bureau("44")
                .get(SCHOOLS_PATH + "/44/" + id)
                .then()
                .body("fields.brand", equalTo("luban-workshop"))
                .body("fields.hostCountry", equalTo("THA"))
                .body("fields.foreignPartners[0].country", equalTo("THA"))
                .body("fields.foundingColleges", equalTo(List.of("4144012345", "4144054321")))
                .body("fields.openedOn", equalTo("2019-09-01"));
    }

    @Test
    void the_changes_of_a_file_that_is_processed_later_are_audited_with_the_address_of_its_sender() {
        Response accepted = bureau("44")
                .header("Prefer", "respond-async")
                .contentType("application/x-ndjson")
                .body((ndjson(id) + ndjson(id + "-2")).getBytes(StandardCharsets.UTF_8))
                .post(SCHOOLS_PATH + "/batches");
        accepted.then().statusCode(202);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> as("auditor")
                        .get("/v1/audit?action=changed&object=" + accepted.path("id"))
                        .then()
                        .statusCode(200)
                        .body("items.address", equalTo(List.of("127.0.0.1")))
                        .body("items.actor", equalTo(List.of("bureau-44")))
                        .body("items.requestId", equalTo(List.of(accepted.header("X-Request-Id")))));
    }

    @Test
    void corrections_of_one_record_end_at_the_bytes_that_its_province_may_store_in_a_day() throws SQLException {
        String path = SCHOOLS_PATH + "/53/" + id;
        put(path, openSchool()).then().statusCode(201);
        try (Connection owner = TestServers.connect("overseas", TestServers.ownerOf("overseas"), "all")) {
            // What another instance has counted.
            TestServers.runSql(
                    owner,
                    "insert into stored_bytes values ('53', (now() at time zone 'Asia/Shanghai')::date, 4294967296)"
                            + " on conflict (province, day) do update set bytes = excluded.bytes");
            try {
                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .untilAsserted(() -> put(path, openSchool().replace("大城", "曼谷"))
                                .then()
                                .statusCode(429)
                                .body("type", equalTo("urn:voyage:problem:quota-exceeded"))
                                .body("quota.unit", equalTo("bytes")));
                bureau("53").delete(path + "?reason=x").then().statusCode(429);
                bureau("53")
                        .body("{\"state\":\"submitted\"}")
                        .put("/v1/years/53/2019")
                        .then()
                        .statusCode(429);
                bureau("53").get(path).then().statusCode(200);
            } finally {
                TestServers.runSql(owner, "delete from stored_bytes where province = '53'");
            }
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> bureau("53").delete(path + "?reason=x").then().statusCode(200));
    }

    /** A dry run locked its records, the year and the horizon of all lists by time for as long as it ran. */
    @Test
    void a_long_dry_run_blocks_no_writer() throws Exception {
        postBatch("application/x-ndjson", "", ndjson(id) + ndjson(id + "-other"));
        try (Connection gate = TestServers.connect("overseas", TestServers.ownerOf("overseas"), "all")) {
            gate.setAutoCommit(false);
            executeSql(gate, "select 1 from overseas_school where source_id = '" + id + "' for update");
            CompletableFuture<Response> dry = CompletableFuture.supplyAsync(() -> postBatch(
                    "application/x-ndjson",
                    "?dryRun=true",
                    ndjson(id + "-other") + ndjson(id).replace("大城", "曼谷")));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> executeSql(gate, "select 1 from pg_locks where not granted"));

            assertThat(executeSql(
                            gate,
                            "select 1 from pg_locks where locktype = 'advisory' and (classid in (7301, 7302, 7303)"
                                    + " or classid between 7303000 and 7303099)"))
                    .isFalse();
            assertThat(executeSql(gate, "select 1 where record_horizon() > clock_timestamp() - interval '1 second'"))
                    .isTrue();
            assertThat(executeSql(
                            gate,
                            "select 1 from overseas_school where source_id = '" + id + "-other' for update nowait"))
                    .isTrue();
            gate.rollback();
            dry.get(30, TimeUnit.SECONDS)
                    .then()
                    .statusCode(200)
                    .body("counts.unchanged", equalTo(1))
                    .body("counts.corrected", equalTo(1));
        }
    }

    /** Returns whether the statement has a row. */
    private static boolean executeSql(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next();
        }
    }

    @Test
    void a_dry_run_names_the_fields_that_would_change() {
        postBatch("application/x-ndjson", "", ndjson(id));
        Response dry =
                postBatch("application/x-ndjson", "?dryRun=true", ndjson(id).replace("大城", "曼谷"));
        dry.then().body("counts.corrected", equalTo(1));
        assertThat(bureau("44").get("/v1/batches/" + dry.path("id") + "/rows").asString())
                .contains("\"changes\":[{\"field\":\"hostCity\"", "曼谷");
    }

    @Test
    void the_table_of_the_guide_is_understood() throws IOException {
        String guide = Files.readString(Path.of("../../docs/bureau.md"));
        String table = guide.split("<<'CSV'\n")[1].split("\nCSV\n")[0];
        bureau("32")
                .contentType("text/csv")
                .body(table.getBytes(StandardCharsets.UTF_8))
                .post("/v1/overseas-headcounts/batches?dryRun=true")
                .then()
                .statusCode(200)
                .body("counts.rows", equalTo(3))
                .body("errors.rule", equalTo(List.of("major-code")));
    }

    @Test
    void a_dry_run_says_what_rows_would_wait_for() {
        String rows =
                "sourceId,school,year,major,students\r\n%1$s-1,%1$s,2024,460301,7\r\n%1$s-2,%1$s,2024,460302,8\r\n"
                        .formatted(id);
        Response dry = bureau("44")
                .contentType("text/csv")
                .body(rows.getBytes(StandardCharsets.UTF_8))
                .post("/v1/overseas-headcounts/batches?dryRun=true");
        dry.then()
                .statusCode(200)
                .body("counts.parked", equalTo(2))
                .body("warnings.rule", equalTo(List.of("parent-missing")))
                .body("warnings[0].value", equalTo(id))
                .body("warnings[0].rows", equalTo(2))
                .body("warnings[0].repairZh", containsString("报送其所属记录"));
        assertThat(bureau("44").get("/v1/batches/" + dry.path("id") + "/rows").asString())
                .contains(
                        "\"outcome\":\"parked\",\"line\":",
                        "\"warnings\":[{\"pointer\":\"/school\",\"rule\":\"parent-missing\"");
    }

    @Test
    void every_record_has_a_template() {
        for (String records : List.of("overseas-schools", "overseas-headcounts", "overseas-trainings")) {
            bureau("44")
                    .get("/v1/" + records + "/template.xlsx")
                    .then()
                    .statusCode(200)
                    .contentType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        }
        bureau("44")
                .get(SCHOOLS_PATH + "/template.xlsx")
                .then()
                .header(
                        "Content-Disposition",
                        equalTo("attachment; filename=\"overseas-school.xlsx\"; filename*=UTF-8''"
                                + URLEncoder.encode("境外办学机构", StandardCharsets.UTF_8) + ".xlsx"));
        bureau("44")
                .get(SCHOOLS_PATH + "/template.xlsx?lang=en")
                .then()
                .header("Content-Disposition", endsWith("filename*=UTF-8''Overseas%20school.xlsx"));
    }

    @Test
    void a_file_is_listed_by_the_name_that_its_sender_gave_it() {
        String batch = bureau("44")
                .contentType("text/csv")
                .header("Content-Disposition", "attachment; filename*=UTF-8''2025%E5%B9%B4%20%E6%8A%A5%E9%80%81.csv")
                .body((HEADER + line(1, "THA")).getBytes(StandardCharsets.UTF_8))
                .post(SCHOOLS_PATH + "/batches")
                .path("id");
        bureau("44").get("/v1/batches/" + batch).then().body("fileName", equalTo("2025年 报送.csv"));
        bureau("44")
                .get("/v1/batches?limit=1000")
                .then()
                .body("items.find { it.id == '" + batch + "' }.fileName", equalTo("2025年 报送.csv"));
        bureau("44")
                .contentType("text/csv")
                .header("Content-Disposition", "attachment; filename=\"C:\\\\temp\\\\x.csv\"")
                .body((HEADER + line(2, "THA")).getBytes(StandardCharsets.UTF_8))
                .post(SCHOOLS_PATH + "/batches?dryRun=true")
                .then()
                .statusCode(200);
    }

    @Test
    void the_reasons_of_refused_rows_are_in_the_language_that_is_asked_for() {
        String batch =
                postBatch("text/csv", "?dryRun=true", HEADER + line(1, "ROC")).path("id");
        String refused = "/v1/batches/" + batch + "/refused";
        String chinese = new String(bureau("44").get(refused + "?lang=zh").asByteArray(), StandardCharsets.UTF_8);
        String english = new String(
                bureau("44")
                        .header("Accept-Language", "fr, en;q=0.8")
                        .get(refused)
                        .asByteArray(),
                StandardCharsets.UTF_8);
        String both = new String(bureau("44").get(refused).asByteArray(), StandardCharsets.UTF_8);
        assertThat(chinese).contains("未知代码").doesNotContain("is not a known");
        assertThat(english).contains("is not a known").doesNotContain("未知代码");
        assertThat(both).contains("未知代码", "is not a known");
        bureau("44").get(refused + "?lang=fr").then().statusCode(400).body("errors.rule", hasItem("lang-unknown"));
    }

    @Test
    void headings_are_mapped_for_a_record_and_bureau_and_a_batch_keeps_the_mapping_of_its_dry_run() {
        String path = "/v1/column-mappings/53/overseas-school";
        String file = HEADER.replace("name,", "工坊代称,").strip() + ",占地\r\n"
                + line(1, "THA").strip() + ",9\r\n";
        sendFile("53", file, "?dryRun=true").then().statusCode(422);
        bureau("53").get(path).then().statusCode(200).body("columns", equalTo(List.of()));
        mapColumns(path, "[{\"heading\":\"工坊代称\",\"field\":\"name\"},{\"heading\":\"占地\",\"field\":null}]")
                .then()
                .statusCode(200)
                .body("columns.heading", equalTo(List.of("工坊代称", "占地")));
        Response dry = sendFile("53", file, "?dryRun=true");
        dry.then()
                .statusCode(200)
                .body("columns.find { it.heading == '工坊代称' }.reading", equalTo("mapped"))
                .body("columns.find { it.heading == '占地' }.reading", equalTo("ignored"));
        mapColumns(path, "[]").then().statusCode(200);

        sendFile("53", file, "?tried=" + dry.path("id")).then().statusCode(200).body("counts.created", equalTo(1));
        sendFile("53", file, "").then().statusCode(422);

        bureau("54").get(path).then().statusCode(404);
        mapColumns(path, "[{\"heading\":\"名称\",\"field\":\"status\"}]")
                .then()
                .statusCode(422)
                .body("errors.rule", equalTo(List.of("heading-of-record")));
        mapColumns(
                        path,
                        "[{\"heading\":\"a\",\"field\":\"nmae\"},{\"heading\":\" A\",\"field\":null},{\"field\":null}]")
                .then()
                .statusCode(422)
                .body("errors.rule", hasItems("column-field-unknown", "blank-at-end", "required"));
    }

    private static Response sendFile(String province, String file, String query) {
        return bureau(province)
                .contentType("text/csv")
                .body(file.getBytes(StandardCharsets.UTF_8))
                .post(SCHOOLS_PATH + "/batches" + query);
    }

    private static Response mapColumns(String path, String columns) {
        return bureau("53").body("{\"columns\":" + columns + "}").put(path);
    }

    @Test
    void what_is_no_file_of_rows_is_a_problem() {
        postBatch("application/x-ndjson", "", "").then().statusCode(400);
        postBatch("text/csv", "", HEADER).then().statusCode(400);
        postBatch("text/plain", "", "x").then().statusCode(415);
        postBatch("application/x-ndjson", "?mode=some", ndjson(id)).then().statusCode(400);
        postBatch("application/x-ndjson", "", "{\n[]\n\u0000\n").then().statusCode(not(equalTo(500)));
    }
}
