package org.voyage.mobility.enrolment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.voyage.kittest.RecordApi.as;
import static org.voyage.kittest.RecordApi.bureau;
import static org.voyage.kittest.RecordApi.fresh;
import static org.voyage.kittest.RecordApi.operator;
import static org.voyage.kittest.RecordApi.put;
import static org.voyage.kittest.TestServers.number;
import static org.voyage.kittest.TestServers.run;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.voyage.kittest.ClosedYears;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestServers;

/** Pages of lists that are asked for again and again while nothing is written, and while something is. */
@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class RememberedPagesIT {

    private static final String PROVINCE = "62";
    private static final String OTHER = "63";

    /** Nobody else's, so that the lists of this test have its own records only. */
    private final String college = "4162"
            + String.format(Locale.ROOT, "%06d", ThreadLocalRandom.current().nextInt(1_000_000));

    private final String list = "/v1/inbound-enrolments?college=" + college;
    private final String id = fresh("L");
    private Connection owner;
    private Connection gate;

    @BeforeEach
    void connect() throws SQLException {
        owner = TestServers.connect("voyage", TestServers.owner("voyage"), "all");
        gate = TestServers.connect("voyage", "postgres", "all");
    }

    @AfterEach
    void leave() throws SQLException {
        owner.close();
        gate.close();
    }

    private String body(int chineseLevel) {
        return Enrolments.BODY
                .replace("4112012345", college)
                .replace("\"chineseLevel\":3", "\"chineseLevel\":" + chineseLevel);
    }

    private String path(String province, String suffix) {
        return "/v1/inbound-enrolments/" + province + "/" + id + suffix;
    }

    private static List<String> keys(Response page) {
        page.then().statusCode(200);
        List<String> keys = new ArrayList<>();
        for (Object key : page.<List<?>>path("items.sourceId")) {
            keys.add(String.valueOf(key));
        }
        return keys;
    }

    /** So often that the page is remembered, and once more. */
    private static Response often(Supplier<RequestSpecification> who, String list) {
        Response last = who.get().get(list);
        for (int i = 0; i < 3; i++) {
            Response next = who.get().get(list);
            assertThat(keys(next)).isEqualTo(keys(last));
            last = next;
        }
        return last;
    }

    private Response often() {
        return often(() -> bureau(PROVINCE), list);
    }

    @Test
    void while_nothing_is_written_a_page_is_told_without_reading_its_records() throws Exception {
        put(path(PROVINCE, ""), body(1));
        Instant known = Instant.parse(often().path("completeUntil"));
        // Past every service, where no position of the log is drawn.
        run(
                owner,
                "update inbound_enrolment set record = jsonb_set(record, '{chineseLevel}', '6') where source_id = '"
                        + id + "'");

        await().untilAsserted(() -> {
            Response page = bureau(PROVINCE).get(list);
            assertThat(page.<List<Integer>>path("items.record.chineseLevel")).containsExactly(1);
            assertThat(Instant.parse(page.path("completeUntil")))
                    .as("complete until now, not until the page was read")
                    .isAfter(known);
        });
    }

    @Test
    void each_acknowledged_write_is_on_the_page_at_once() {
        for (int i = 0; i < 40; i++) {
            put(path(PROVINCE, ""), body(i % 7));
            for (int again = 0; again < 3; again++) {
                Response page = bureau(PROVINCE).get(list);
                assertThat(page.<List<Integer>>path("items.version")).containsExactly(i + 1);
                assertThat(page.<List<Integer>>path("items.record.chineseLevel"))
                        .containsExactly(i % 7);
            }
        }
    }

    /** @param trigger where the writer stands while the page is asked for */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "create trigger gate after insert",
                "create constraint trigger gate after insert deferrable initially deferred"
            })
    void what_was_written_while_the_page_was_read_is_on_it_once_it_is_stored(String trigger) throws Exception {
        put(path(PROVINCE, "-1"), body(1));
        often();
        try {
            closeGate(trigger);
            CompletableFuture<Response> writer =
                    CompletableFuture.supplyAsync(() -> put(path(PROVINCE, "-2-gated"), body(2)));
            awaitAtTheGate();
            assertThat(keys(often())).containsExactly(id + "-1");
            openGate();
            writer.join().then().statusCode(201);

            assertThat(keys(bureau(PROVINCE).get(list))).containsExactly(id + "-1", id + "-2-gated");
        } finally {
            dropGate();
        }
    }

    @Test
    void what_an_open_transaction_held_back_from_a_list_by_time_comes_when_it_is_gone() throws Exception {
        String since = list + "&updatedAfter=" + put(path(OTHER, "-0"), body(0)).<String>path("recordedAt");
        try {
            closeGate("create trigger gate after insert");
            CompletableFuture<Response> open =
                    CompletableFuture.supplyAsync(() -> put(path(PROVINCE, "-1-gated"), body(1)));
            awaitAtTheGate();
            put(path(OTHER, "-2"), body(2)).then().statusCode(201);
            assertThat(keys(often(() -> operator(), since))).isEmpty();
            run(gate, "select pg_terminate_backend(pid) from pg_locks where classid = 6202 and not granted");
            open.join().then().statusCode(503);

            assertThat(keys(operator().get(since))).containsExactly(id + "-2");
        } finally {
            dropGate();
        }
    }

    private void closeGate(String trigger) throws SQLException {
        run(gate, "select pg_advisory_lock(6202, 1)");
        run(owner, """
                create function stand_at_gate() returns trigger language plpgsql as $$
                begin perform pg_advisory_xact_lock_shared(6202, 1); return null; end $$""");
        run(
                owner,
                trigger.replace("after insert", "after insert on inbound_enrolment")
                        + " for each row when (new.source_id like '%-gated') execute function stand_at_gate()");
    }

    private void openGate() throws SQLException {
        run(gate, "select pg_advisory_unlock(6202, 1)");
    }

    private void awaitAtTheGate() {
        await().until(() -> number(owner, "select count(*) from pg_locks where classid = 6202 and not granted") == 1);
    }

    private void dropGate() throws SQLException {
        run(gate, "select pg_advisory_unlock_all()");
        run(owner, "drop trigger if exists gate on inbound_enrolment");
        run(owner, "drop function if exists stand_at_gate");
    }

    @Test
    void a_record_that_is_withdrawn_renamed_or_merged_leaves_the_page_at_once() {
        for (String suffix : List.of("-1", "-2", "-3", "-4")) {
            put(path(PROVINCE, suffix), body(1));
        }
        assertThat(keys(often())).hasSize(4);
        bureau(PROVINCE).delete(path(PROVINCE, "-1") + "?reason=x").then().statusCode(200);
        assertThat(keys(bureau(PROVINCE).get(list))).containsExactly(id + "-2", id + "-3", id + "-4");
        often();
        bureau(PROVINCE)
                .body("{\"sourceId\":\"" + id + "-5\",\"reason\":\"x\"}")
                .post(path(PROVINCE, "-2") + "/rename")
                .then()
                .statusCode(200);
        assertThat(keys(bureau(PROVINCE).get(list))).containsExactly(id + "-3", id + "-4", id + "-5");
        often();
        bureau(PROVINCE)
                .body("{\"into\":\"" + id + "-4\",\"reason\":\"x\"}")
                .post(path(PROVINCE, "-3") + "/merge")
                .then()
                .statusCode(200);
        assertThat(keys(often())).containsExactly(id + "-4", id + "-5");
        assertThat(keys(often(() -> bureau(PROVINCE), list + "&withdrawn=true")))
                .containsExactly(id + "-1", id + "-2", id + "-3");
    }

    @Test
    void the_same_address_shows_each_province_its_own() {
        put(path(PROVINCE, "-1"), body(1));
        put(path(OTHER, "-2"), body(1));
        assertThat(keys(often())).containsExactly(id + "-1");
        assertThat(keys(often(() -> bureau(OTHER), list))).containsExactly(id + "-2");
        assertThat(keys(often(() -> operator(), list))).containsExactly(id + "-1", id + "-2");
        assertThat(keys(often(() -> bureau("64"), list))).isEmpty();
        as("alliance-WFCP").get(list).then().statusCode(403);
        assertThat(keys(bureau(PROVINCE).get(list))).containsExactly(id + "-1");
    }

    @Test
    void each_walk_through_the_pages_is_complete_until_it_began() {
        for (String suffix : List.of("-1", "-2", "-3")) {
            put(path(PROVINCE, suffix), body(1));
        }
        for (int walk = 0; walk < 4; walk++) {
            Response page = bureau(PROVINCE).get(list + "&limit=2");
            assertThat(keys(page)).containsExactly(id + "-1", id + "-2");
            Response rest = bureau(PROVINCE).get(list + "&limit=2&cursor=" + page.path("next"));
            assertThat(keys(rest)).containsExactly(id + "-3");
            assertThat(rest.<String>path("completeUntil")).isEqualTo(page.path("completeUntil"));
            assertThat(rest.<String>path("next")).isNull();
        }
    }

    @Test
    void a_year_that_moves_is_told_as_it_is() {
        String years = "/v1/years?year=2017&province=" + PROVINCE;
        often(() -> operator(), years);
        ClosedYears.lock(PROVINCE, 2017);
        assertThat(operator().get(years).<List<String>>path("items.record.state"))
                .containsExactly("locked");
        often(() -> operator(), years);
        ClosedYears.reopen(PROVINCE, 2017);
        assertThat(operator().get(years).<List<String>>path("items.record.state"))
                .containsExactly("open");
    }

    @Test
    void personal_data_is_on_no_page_is_audited_with_each_reading_and_gone_when_it_is_erased() {
        String path = path(PROVINCE, "");
        put(path, body(1).replace("\"enrolled\"", "\"enrolled\",\"name\":\"SOMSAK EXAMPLE\""));
        often().then().body(not(containsString("SOMSAK")));
        for (int i = 0; i < 3; i++) {
            Enrolments.personal(path).then().statusCode(200);
        }
        assertThat(number(
                        owner,
                        "select count(*) from audit_entry where action = 'personal-read' and object = '" + id + "'"))
                .isEqualTo(3);
        bureau(PROVINCE).delete(path + "/personal-data?reason=other").then().statusCode(204);
        Enrolments.personal(path).then().statusCode(404);
        assertThat(keys(often())).containsExactly(id);
    }
}
