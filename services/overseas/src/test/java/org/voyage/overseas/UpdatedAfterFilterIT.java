package org.voyage.overseas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voyage.kittest.RecordApiClient.as;
import static org.voyage.kittest.RecordApiClient.bureau;
import static org.voyage.kittest.RecordApiClient.newSourceId;
import static org.voyage.kittest.RecordApiClient.put;
import static org.voyage.overseas.OverseasBodies.openSchool;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.voyage.kit.access.DatabaseScope;
import org.voyage.kittest.RealBackends;

/** Integration test of incremental reading of a collection during other writes. */
@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class UpdatedAfterFilterIT {

    private static final String PROVINCE = "36";
    private static final String LIST_PATH = "/v1/overseas-schools?limit=3";

    private final String id = newSourceId("U");

    @Inject
    DataSource dataSource;

    private String path(String sourceId) {
        return "/v1/overseas-schools/" + PROVINCE + "/" + sourceId;
    }

    /** Result of one reading of all pages: this test's schools, and the time until which they are complete. */
    private record PagedReading(List<String> found, String completeUntil) {}

    private PagedReading readToEnd(String query) {
        List<String> found = new ArrayList<>();
        String cursor = "";
        String completeUntil = "";
        do {
            Response page = bureau(PROVINCE).get(LIST_PATH + query + cursor);
            page.then().statusCode(200);
            List<String> sources = page.path("items.sourceId");
            sources.stream().filter(source -> source.startsWith(id)).forEach(found::add);
            completeUntil = page.path("completeUntil");
            String next = page.path("next");
            cursor = next == null ? "" : "&cursor=" + next;
        } while (!cursor.isEmpty());
        return new PagedReading(found, completeUntil);
    }

    @Test
    void recent_changes_are_not_listed_past_an_open_transaction_and_none_is_lost() throws Exception {
        String begin = put(path(id + "-before"), openSchool()).path("recordedAt");
        PagedReading whileOpen;
        try (Connection writer = DatabaseScope.runForAllProvinces(() -> dataSource.getConnection())) {
            writer.setAutoCommit(false);
            try (PreparedStatement late = writer.prepareStatement("insert into overseas_school"
                    + " (province, source_id, version, recorded_at, cause_kind, cause_id, actor, record)"
                    + " select ?, ?, 1, recorded_at, 'request', 'test', 'bureau', ?::jsonb from record_enter(?)")) {
                late.setString(1, PROVINCE);
                late.setString(2, id + "-late");
                late.setString(3, openSchool());
                late.setArray(4, writer.createArrayOf("text", new Object[] {PROVINCE}));
                assertThat(late.executeUpdate()).isEqualTo(1);
            }
            put(path(id + "-overtaking"), openSchool()).then().statusCode(201);

            whileOpen = readToEnd("&updatedAfter=" + begin);
            writer.commit();
            writer.setAutoCommit(true);
        }
        assertThat(whileOpen.found()).doesNotContain(id + "-overtaking", id + "-late");

        PagedReading afterwards = readToEnd("&updatedAfter=" + whileOpen.completeUntil());
        assertThat(afterwards.found())
                .contains(id + "-late", id + "-overtaking")
                .doesNotHaveDuplicates();
        assertThat(readToEnd("&updatedAfter=" + afterwards.completeUntil()).found())
                .isEmpty();
    }

    /** A file of another province with mode=all, which writes for minutes, ended the lists of all provinces. */
    @Test
    void a_long_transaction_of_another_province_holds_back_no_list_by_time() throws Exception {
        String begin = put(path(id + "-before"), openSchool()).path("recordedAt");
        try (Connection writer = DatabaseScope.runForAllProvinces(() -> dataSource.getConnection())) {
            writer.setAutoCommit(false);
            try (PreparedStatement other = writer.prepareStatement("select record_enter(array['37'], array['37'])")) {
                other.execute();
            }
            put(path(id + "-during"), openSchool()).then().statusCode(201);

            assertThat(readToEnd("&updatedAfter=" + begin).found()).contains(id + "-during");

            assertThat(as("operator").get(LIST_PATH + "&updatedAfter=" + begin).<List<String>>path("items.sourceId"))
                    .as("a list of all provinces ends where the writer began")
                    .doesNotContain(id + "-during");
            writer.rollback();
            writer.setAutoCommit(true);
        }
    }

    @Test
    void reading_on_from_a_whole_collection_misses_nothing_that_changed_meanwhile() {
        put(path(id + "-1"), openSchool());
        PagedReading all = readToEnd("");
        put(path(id + "-2"), openSchool());
        bureau(PROVINCE).delete(path(id + "-1") + "?reason=x");
        PagedReading later = readToEnd("&updatedAfter=" + all.completeUntil());
        assertThat(all.found()).containsExactly(id + "-1");
        assertThat(later.found()).contains(id + "-2", id + "-1");
    }

    @Test
    void parts_are_disjoint_and_together_the_whole() {
        StringBuilder rows = new StringBuilder("sourceId,name,brand,tier,form,hostCountry,foundingColleges,status\r\n");
        Set<String> sent = new HashSet<>();
        for (int i = 0; i < 60; i++) {
            sent.add(id + "-" + i);
            rows.append("%s-%d,学校,other,workshop,branch,THA,4136012345,planned\r\n".formatted(id, i));
        }
        bureau(PROVINCE)
                .contentType("text/csv")
                .body(rows.toString())
                .post("/v1/overseas-schools/batches")
                .then()
                .statusCode(200);
        List<String> together = new ArrayList<>();
        for (String part : List.of("1/3", "2/3", "3/3")) {
            List<String> found = readToEnd("&partition=" + part).found();
            assertThat(found).as(part).isNotEmpty();
            together.addAll(found);
        }
        assertThat(together).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(sent);
        for (String wrong : List.of("0/3", "4/3", "1", "1/65", "a/b")) {
            bureau(PROVINCE).get(LIST_PATH + "&partition=" + wrong).then().statusCode(400);
        }
    }
}
