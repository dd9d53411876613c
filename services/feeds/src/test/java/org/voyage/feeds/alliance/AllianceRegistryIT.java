package org.voyage.feeds.alliance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.voyage.feeds.alliance.RegistryRequests.ALLIANCE;
import static org.voyage.feeds.alliance.RegistryRequests.GRANT;
import static org.voyage.feeds.alliance.RegistryRequests.UNIVERSITY;
import static org.voyage.feeds.alliance.RegistryRequests.alliance;
import static org.voyage.feeds.alliance.RegistryRequests.load;
import static org.voyage.feeds.alliance.RegistryRequests.newCode;
import static org.voyage.feeds.alliance.RegistryRequests.operator;
import static org.voyage.feeds.alliance.RegistryRequests.put;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.voyage.feeds.grant.FeedScopeResolver;
import org.voyage.feeds.grant.GrantReader;
import org.voyage.feeds.record.FeedRecord;
import org.voyage.feeds.record.PartnerName;
import org.voyage.feeds.record.RecordDimensions;
import org.voyage.feeds.scope.FeedFilter;
import org.voyage.feeds.scope.FeedScope;
import org.voyage.kit.access.DatabaseScope;
import org.voyage.kit.reference.ChinaTime;
import org.voyage.kittest.FeedTrap;
import org.voyage.kittest.KafkaTopicReader;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestServers;
import org.voyage.kittest.TrapTest;

@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "feeds"))
class AllianceRegistryIT {

    private static final JsonMapper JSON = new JsonMapper();

    @Inject
    @SuppressWarnings("NullAway.Init")
    FeedScopeResolver scopes;

    @Inject
    @SuppressWarnings("NullAway.Init")
    GrantReader grants;

    @Test
    void an_alliance_sees_its_own_row_of_the_registry_and_no_other() throws Exception {
        String own = newCode();
        put(own, ALLIANCE).statusCode(201);
        put(newCode(), ALLIANCE).statusCode(201);

        try (Connection connection = TestServers.connectAsAlliance("feeds", "feeds", own)) {
            assertThat(TestServers.queryNumber(connection, "select count(*) from alliance where code = '" + own + "'"))
                    .isEqualTo(1);
            assertThat(TestServers.queryNumber(connection, "select count(*) from alliance"))
                    .isEqualTo(1);
        }
        try (Connection connection = TestServers.connect("feeds", "feeds", "")) {
            assertThat(TestServers.queryNumber(connection, "select count(*) from alliance"))
                    .isZero();
        }
    }

    @Test
    void an_alliance_is_admitted_corrected_and_withdrawn_with_an_event_each_and_no_contact_in_it() {
        String code = newCode();
        put(code, ALLIANCE).statusCode(201).header("ETag", "\"1\"").header("Voyage-Receipt", notNullValue());
        put(code, ALLIANCE).statusCode(200).header("ETag", "\"1\"");
        put(code, ALLIANCE.replace("示例", "另一")).statusCode(200).header("ETag", "\"2\"");
        operator().delete("/v1/alliances/" + code + "?reason=end").then().statusCode(204);
        operator().get("/v1/alliances/" + code).then().statusCode(404);

        List<JsonNode> events = awaitEvents("feeds.alliance", code, 3);
        assertThat(events)
                .extracting(event -> event.path("change").asText())
                .containsExactly("created", "corrected", "withdrawn");
        assertThat(events.toString()).doesNotContain("office");
        assertThat(events.getLast().at("/cause/reason").asText()).isEqualTo("end");
        assertThat(events.getFirst().path("province").asText()).isEqualTo("00");
    }

    @Test
    void a_stale_version_is_refused() {
        String code = newCode();
        put(code, ALLIANCE).statusCode(201);
        operator()
                .header("If-Match", "\"7\"")
                .body(ALLIANCE.replace("示例", "另一"))
                .put("/v1/alliances/" + code)
                .then()
                .statusCode(412);
    }

    @Test
    void members_are_kept_one_by_one_and_are_events() {
        String code = newCode();
        put(code, ALLIANCE).statusCode(201);
        put(code + "/members/u-1", UNIVERSITY).statusCode(201).body("names", hasItems("示例大学"));
        put(code + "/members/u-1", UNIVERSITY.replace("}", ",\"until\":\"2026-01-01\"}"))
                .statusCode(200)
                .body("until", equalTo("2026-01-01"));
        put(code + "/members/c-1", "{\"kind\":\"college\",\"college\":\"4112000001\",\"from\":\"2024-11-01\"}")
                .statusCode(201)
                .body("country", equalTo("CHN"));
        operator()
                .delete("/v1/alliances/" + code + "/members/u-1?reason=left")
                .then()
                .statusCode(204);

        List<JsonNode> events = awaitEvents("feeds.alliance-member", code + ".u-1", 3);
        assertThat(events.getFirst().at("/after/alliance").asText()).isEqualTo(code);
        assertThat(events.getLast().path("change").asText()).isEqualTo("withdrawn");
        operator()
                .get("/v1/alliances/" + code + "/members")
                .then()
                .statusCode(200)
                .body("items.id", equalTo(List.of("c-1")))
                .body("next", nullValue());
    }

    @Test
    void what_is_wrong_with_a_member_is_reported_field_by_field() {
        String code = newCode();
        put(code, ALLIANCE).statusCode(201);
        put(code + "/members/x", """
                        {"kind":"enterprise","college":"4112000001","names":[],"country":"Thailand","from":"2024-02-30"}""")
                .statusCode(422)
                .body("errors.pointer", hasItems("/college", "/names", "/country", "/from"))
                .body("errors.detailZh", hasItem(notNullValue()));
        put(newCode() + "/members/x", UNIVERSITY).statusCode(404);
    }

    @Test
    void a_file_of_members_is_stored_as_a_whole_or_not_at_all() {
        String code = newCode();
        put(code, ALLIANCE).statusCode(201);
        String file = """
                编号,类型,学校代码,名称,国别,加入日期,退出日期
                u-1,foreign-university,,Example University|示例大学,THA,2024-11-01,
                c-1,college,4112000001,,,2024-11-01,
                e-1,enterprise,,Example Motors,DEU,2024-11-01,%s
                """;
        load(code, file.formatted("2024-10-01")).statusCode(422).body("errors.pointer", equalTo(List.of("/4/until")));
        operator().get("/v1/alliances/" + code + "/members").then().body("items.size()", equalTo(0));
        load(code, file.formatted(""))
                .statusCode(200)
                .body("created", equalTo(3))
                .body("unchanged", equalTo(0));
        load(code, file.formatted("2026-01-01"))
                .statusCode(200)
                .body("corrected", equalTo(1))
                .body("unchanged", equalTo(2));
        load(code, "id,kind,wage\n").statusCode(400).body("errors.rule", hasItem("heading-unknown"));
    }

    @Test
    void a_grant_answers_its_version_and_its_effect_and_ends_at_its_last_day() {
        String code = newCode();
        put(code, ALLIANCE).statusCode(201);
        put(code + "/grants/g-1", GRANT)
                .statusCode(201)
                .header("ETag", "\"1\"")
                .body("effect.recordsOut", equalTo(0))
                .body("countries", equalTo(List.of("THA")));
        put(code + "/grants/g-1", GRANT).statusCode(200).header("ETag", "\"1\"");
        put(code + "/grants/g-1", GRANT.replace("THA", "LAO")).statusCode(200).header("ETag", "\"2\"");
        put(code + "/grants/g-2", """
                        {"records":["standard"],"grantedFields":["overseas-school.hostCity"],"legalBasis":"x","from":"2024-01-01"}""").statusCode(422).body("errors.pointer", equalTo(List.of("/grantedFields")));

        RecordDimensions school = schoolIn("LAO");
        assertThat(scopeOn(code, LocalDate.parse("2026-12-31")).visibleFields(school))
                .contains(Set.of("overseas-school.hostCity"));
        assertThat(scopeOn(code, LocalDate.parse("2027-01-01")).visibleFields(school))
                .isEmpty();
        assertThat(figureReadersOn("2026-12-31")).doesNotContain(code);
        put(code + "/grants/g-1", GRANT.replace("{", "{\"figureEvents\":true,"))
                .statusCode(200)
                .header("ETag", "\"3\"")
                .body("figureEvents", equalTo(true));
        assertThat(figureReadersOn("2026-12-31")).contains(code);
        assertThat(figureReadersOn("2027-01-01")).doesNotContain(code);
        operator()
                .delete("/v1/alliances/" + code + "/grants/g-1?reason=over")
                .then()
                .statusCode(204);
        assertThat(scopeOn(code, ChinaTime.today()).grants()).isEmpty();
        assertThat(figureReadersOn("2026-12-31")).doesNotContain(code);
    }

    private Set<String> figureReadersOn(String day) {
        return DatabaseScope.runForAllProvinces(() -> grants.readFigureReaders(LocalDate.parse(day)));
    }

    @TrapTest(FeedTrap.SCOPE_MOVES_WITHOUT_WRITE)
    @Test
    void the_scope_changes_with_time_without_a_write() {
        String code = newCode();
        put(code, ALLIANCE).statusCode(201);
        put(code + "/members/u-1", UNIVERSITY.replace("}", ",\"until\":\"2026-12-01\"}"))
                .statusCode(201);
        put(code + "/grants/g-1", """
                        {"records":["cooperative-programme"],"members":true,"legalBasis":"x","from":"2024-01-01"}""").statusCode(201);
        put(code + "/grants/g-2", """
                        {"records":["overseas-school"],"lists":["brics"],"legalBasis":"x","from":"2020-01-01"}""").statusCode(201);
        RecordDimensions programme = new RecordDimensions(
                FeedRecord.COOPERATIVE_PROGRAMME,
                "12",
                Set.of("THA"),
                Set.of("4112000001"),
                Set.of(new PartnerName("EXAMPLE  University", "THA")),
                null);

        assertThat(scopeOn(code, LocalDate.parse("2026-11-30")).visibleFields(programme))
                .isPresent();
        assertThat(scopeOn(code, LocalDate.parse("2026-12-01")).visibleFields(programme))
                .isEmpty();
        assertThat(scopeOn(code, LocalDate.parse("2023-12-31")).visibleFields(schoolIn("EGY")))
                .isEmpty();
        assertThat(scopeOn(code, LocalDate.parse("2024-01-01")).visibleFields(schoolIn("EGY")))
                .isPresent();
        assertThat(scopeOn(code, LocalDate.parse("2026-11-30")))
                .isEqualTo(scopeOn(code, LocalDate.parse("2026-11-29")));
    }

    @TrapTest(FeedTrap.REMEMBERED_TOKEN_AFTER_SUSPENSION)
    @Test
    void a_suspension_holds_at_the_next_call_with_a_remembered_token() {
        String code = newCode();
        put(code, ALLIANCE).statusCode(201);
        put(code + "/grants/g-1", GRANT).statusCode(201);
        alliance(code).get("/v1/alliances/" + code).then().statusCode(200).body("status", equalTo("active"));
        assertThat(scopeOn(code, ChinaTime.today()).grants()).hasSize(1);

        operator()
                .body("{\"reason\":\"misuse\"}")
                .post("/v1/alliances/" + code + "/suspension")
                .then()
                .statusCode(200)
                .body("status", equalTo("suspended"));

        assertThat(scopeOn(code, ChinaTime.today()).grants())
                .as("a suspension shuts reading and ends no grant")
                .hasSize(1);
        alliance(code).get("/v1/alliances/" + code).then().statusCode(403);
        alliance(code).get("/v1/alliances/" + code + "/grants").then().statusCode(403);
        operator().delete("/v1/alliances/" + code + "/suspension").then().statusCode(200);
        alliance(code).get("/v1/alliances/" + code).then().statusCode(200);
        assertThat(scopeOn(code, ChinaTime.today()).grants()).hasSize(1);
    }

    @TrapTest({FeedTrap.POSITION_OF_ANOTHER_FEED, FeedTrap.GLOBAL_COUNTERS})
    @Test
    void another_alliances_list_and_cursor_are_like_absent_ones_and_no_number_counts_over_alliances() {
        String mine = newCode();
        String theirs = newCode();
        for (String code : List.of(mine, theirs)) {
            put(code, ALLIANCE).statusCode(201).header("ETag", "\"1\"");
            put(code + "/members/u-1", UNIVERSITY).statusCode(201).header("ETag", "\"1\"");
            put(code + "/members/u-2", UNIVERSITY).statusCode(201).header("ETag", "\"1\"");
        }
        String cursor = alliance(theirs)
                .get("/v1/alliances/" + theirs + "/members?limit=1")
                .then()
                .statusCode(200)
                .extract()
                .path("next");
        alliance(mine)
                .get("/v1/alliances/" + mine + "/members?limit=1&cursor=" + cursor)
                .then()
                .statusCode(400);
        assertThat(withoutId(alliance(mine).get("/v1/alliances/" + theirs + "/members")))
                .isEqualTo(withoutId(alliance(mine).get("/v1/alliances/ABSENT/members")))
                .startsWith("404");
    }

    @Test
    void admission_grant_and_suspension_are_audited_with_who_did_it_and_no_text_of_a_contact() {
        String code = newCode();
        put(code, ALLIANCE).statusCode(201);
        put(code + "/grants/g-1", GRANT).statusCode(201);
        put(code + "/grants/g-1", GRANT.replace("THA", "LAO")).statusCode(200);
        operator()
                .body("{\"reason\":\"misuse\"}")
                .post("/v1/alliances/" + code + "/suspension")
                .then()
                .statusCode(200);
        operator().delete("/v1/alliances/" + code + "/suspension").then().statusCode(200);
        operator()
                .delete("/v1/alliances/" + code + "/grants/g-1?reason=over")
                .then()
                .statusCode(204);

        JsonPath ofAlliance = readAudit(code, 3);
        JsonPath ofGrant = readAudit(code + "/g-1", 3);
        assertThat(ofAlliance.<String>getList("items.action"))
                .containsExactly("alliance-resumed", "alliance-suspended", "alliance-admitted");
        assertThat(ofGrant.<String>getList("items.action"))
                .containsExactly("grant-withdrawn", "grant-changed", "grant-changed");
        assertThat(ofGrant.<Integer>getList("items.details.version")).containsExactly(3, 2, 1);
        assertThat(ofGrant.getString("items[0].details.reason")).isEqualTo("over");
        assertThat(ofGrant.<Object>getList("items.actor").toString()).contains("operator");
        assertThat(ofAlliance.prettify()).doesNotContain("office");
    }

    private static JsonPath readAudit(String object, int count) {
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> operator()
                                .queryParam("object", object)
                                .get("/v1/audit")
                                .then()
                                .statusCode(200)
                                .extract()
                                .jsonPath(),
                        audit -> audit.getList("items").size() == count);
    }

    private static String withoutId(Response answer) {
        return answer.statusCode() + answer.asString().replaceAll("\"instance\":\"[^\"]*\"", "");
    }

    private FeedScope scopeOn(String code, LocalDate day) {
        return DatabaseScope.runForAllProvinces(() -> scopes.resolveScope(code, FeedFilter.EVERYTHING, day));
    }

    private static RecordDimensions schoolIn(String country) {
        return new RecordDimensions(
                FeedRecord.OVERSEAS_SCHOOL, "12", Set.of(country), Set.of("4112000001"), Set.of(), "luban-workshop");
    }

    private static List<JsonNode> awaitEvents(String topic, String sourceId, int count) {
        return await().atMost(Duration.ofSeconds(30))
                .until(() -> readEvents(topic, sourceId), found -> found.size() >= count);
    }

    private static List<JsonNode> readEvents(String topic, String sourceId) {
        return KafkaTopicReader.readAll(topic).stream()
                .filter(message -> Objects.equals(message.key(), "00/" + sourceId))
                .map(message -> {
                    try {
                        return JSON.readTree(message.value());
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .toList();
    }
}
