package org.voyage.standards;

import static org.voyage.standards.StandardBodies.recognition;
import static org.voyage.standards.StandardBodies.standard;

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
    private static final String DECIDED = "\"decidedOn\":\"2018-02-28\"";

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
        lines.addAll(access.recordRows("standards", province -> standard("instruction")));
        lines.addAll(access.recordRows("recognitions", this::ofStandard));
        lines.addAll(access.recordRows("credential-recognitions", province -> StandardBodies.CREDENTIAL));
        lines.addAll(access.commonRows("standards", province -> standard("instruction"), "recognition"));
        lines.add(access.parkedRow("recognitions", province -> recognition("no-such-standard", DECIDED)));
        lines.addAll(access.yearRows());
        return lines;
    }

    private String ofStandard(String province) {
        return recognition(access.putRecord("standards", province, standard("instruction")), DECIDED);
    }
}
