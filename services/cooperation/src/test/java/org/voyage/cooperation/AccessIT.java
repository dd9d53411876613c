package org.voyage.cooperation;

import static org.voyage.cooperation.CooperationBodies.ENROLLING_LIFE;
import static org.voyage.cooperation.CooperationBodies.headcount;
import static org.voyage.cooperation.CooperationBodies.institution;
import static org.voyage.cooperation.CooperationBodies.programme;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.voyage.kittest.AccessMatrix;
import org.voyage.kittest.AccessMatrixRow;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.RecordAccessRows;
import org.voyage.kittest.RowSecurityCheck;

@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class AccessIT {
    private static final String TIBET = "54";
    private static final String NINGXIA = "64";

    @SuppressWarnings("NullAway.Init")
    private RecordAccessRows access;

    /** Creates the matrix when the port is known. */
    @BeforeEach
    void running() {
        access = new RecordAccessRows(RestAssured.port);
    }

    @Test
    void every_caller_gets_the_access_of_the_table_and_a_foreign_object_looks_absent() {
        new AccessMatrix(RestAssured.port, TIBET, NINGXIA, lines()).requireNoFaults();
    }

    @Test
    void the_tables_are_guarded() throws SQLException {
        RowSecurityCheck.ofRecords("voyage").requireNoFaults();
    }

    private List<AccessMatrixRow> lines() {
        List<AccessMatrixRow> lines = new ArrayList<>();
        lines.addAll(access.recordRows("cooperative-institutions", province -> institution(ENROLLING_LIFE)));
        lines.addAll(access.recordRows("cooperative-programmes", province -> programme(ENROLLING_LIFE)));
        lines.addAll(access.recordRows("cooperative-headcounts", this::ofInstitution));
        lines.addAll(access.commonRows(
                "cooperative-programmes", province -> programme(ENROLLING_LIFE), "cooperative-headcount"));
        lines.add(access.parkedRow(
                "cooperative-headcounts", province -> headcount("programme", "no-such-programme", 2020, 1)));
        lines.addAll(access.yearRows());
        return lines;
    }

    private String ofInstitution(String province) {
        String known = access.putRecord("cooperative-institutions", province, institution(ENROLLING_LIFE));
        return headcount("institution", known, 2020, 12);
    }
}
