package org.voyage.overseas;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.voyage.kittest.AccessMatrix;
import org.voyage.kittest.AccessMatrixRow;
import org.voyage.kittest.AccessRights;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.RecordAccessRows;
import org.voyage.kittest.RowSecurityCheck;
import org.voyage.kittest.TestServers;

@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class AccessIT {
    private static final String TIBET = "54";
    private static final String NINGXIA = "64";

    /** Database of the service; its name depends on whether this test runs alone or with its module. */
    @ConfigProperty(name = "quarkus.datasource.username")
    @SuppressWarnings("NullAway.Init")
    String database;

    @SuppressWarnings("NullAway.Init")
    private RecordAccessRows access;

    @BeforeEach
    void running() {
        access = new RecordAccessRows(RestAssured.port);
    }

    @Test
    void every_caller_gets_the_access_of_the_table_and_a_foreign_object_looks_absent() {
        matrix(lines()).requireNoFaults();
    }

    @Test
    void an_operation_that_is_not_in_the_table_and_one_that_is_open_too_wide_are_found() {
        List<AccessMatrixRow> lines = List.of(AccessMatrixRow.on(
                "GET /v1/overseas-schools/{province}/{sourceId}",
                AccessRights.READ.withRight(AccessRights.TestCaller.ALLIANCE, AccessRights.AccessRight.ALL),
                lines().getFirst().objects()));
        List<String> faults = matrix(lines).findFaults();
        assertThat(faults).contains("PUT /v1/overseas-schools/{province}/{sourceId}: not in the table");
        assertThat(faults)
                .filteredOn(fault -> !fault.endsWith("not in the table"))
                .isNotEmpty()
                .allMatch(fault -> fault.contains(" as ALLIANCE: "));
    }

    @Test
    void the_tables_are_guarded() throws SQLException {
        RowSecurityCheck.ofRecords(database).requireNoFaults();
    }

    @Test
    void the_database_itself_shows_a_scope_only_its_own_rows() throws SQLException {
        access.putRecord("overseas-headcounts", TIBET, headcount(putSchool(TIBET)));
        access.putRecord("overseas-headcounts", NINGXIA, headcount(putSchool(NINGXIA)));
        access.putRecord("overseas-trainings", NINGXIA, training("\"no-such-school\""));
        for (String table : listGuardedTables()) {
            String provinces = "select distinct province from " + table;
            assertThat(queryColumn(TIBET, provinces)).as(table).isSubsetOf(TIBET);
            assertThat(queryColumn("", provinces)).as(table).isEmpty();
        }
        assertThat(queryColumn(TIBET, "select distinct province from overseas_headcount"))
                .containsExactly(TIBET);
        assertThat(queryColumn("all", "select distinct province from overseas_headcount"))
                .contains(TIBET, NINGXIA);
    }

    private AccessMatrix matrix(List<AccessMatrixRow> lines) {
        return new AccessMatrix(RestAssured.port, TIBET, NINGXIA, lines);
    }

    private List<AccessMatrixRow> lines() {
        List<AccessMatrixRow> lines = new ArrayList<>();
        lines.addAll(access.recordRows("overseas-schools", province -> OverseasBodies.openSchool()));
        lines.addAll(access.recordRows("overseas-headcounts", province -> headcount(putSchool(province))));
        lines.addAll(access.recordRows("overseas-trainings", province -> training(putSchool(province))));
        lines.addAll(
                access.commonRows("overseas-schools", province -> OverseasBodies.openSchool(), "overseas-training"));
        lines.addAll(access.yearRows());
        lines.add(access.parkedRow("overseas-headcounts", province -> headcount("\"no-such-school\"")));
        return lines;
    }

    /** Creates a school and returns its sourceId in quotes. */
    private String putSchool(String province) {
        return "\"" + access.putRecord("overseas-schools", province, OverseasBodies.openSchool()) + "\"";
    }

    private static String headcount(String school) {
        return "{\"school\":" + school + ",\"major\":\"460301\",\"year\":2020,\"students\":12}";
    }

    private static String training(String school) {
        return "{\"school\":" + school + ",\"enterprise\":\"企业\",\"people\":3,\"days\":2,\"startedOn\":\"2020-03-01\"}";
    }

    private List<String> listGuardedTables() throws SQLException {
        return queryColumn("", "select relname from pg_class where relforcerowsecurity order by relname");
    }

    private List<String> queryColumn(String scope, String sql) throws SQLException {
        try (Connection connection = TestServers.connect(database, database, scope);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            List<String> found = new ArrayList<>();
            while (row.next()) {
                found.add(row.getString(1));
            }
            return found;
        }
    }
}
