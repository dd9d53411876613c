package org.voyage.standards;

import static org.voyage.standards.Standards.recognition;
import static org.voyage.standards.Standards.standard;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.voyage.kittest.AccessLine;
import org.voyage.kittest.AccessMatrix;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.RecordAccess;
import org.voyage.kittest.TableCatalogue;

@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class AccessIT {
    private static final String TIBET = "54";
    private static final String NINGXIA = "64";
    private static final String DECIDED = "\"decidedOn\":\"2018-02-28\"";

    @SuppressWarnings("NullAway.Init")
    private RecordAccess access;

    /** The port is known only now. */
    @BeforeEach
    void running() {
        access = new RecordAccess(RestAssured.port);
    }

    @Test
    void every_caller_gets_as_far_as_the_table_says_and_cannot_tell_anothers_from_absent() {
        new AccessMatrix(RestAssured.port, TIBET, NINGXIA, lines()).check();
    }

    @Test
    void the_tables_are_guarded() throws SQLException {
        TableCatalogue.ofRecords("voyage").check();
    }

    private List<AccessLine> lines() {
        List<AccessLine> lines = new ArrayList<>();
        lines.addAll(access.record("standards", province -> standard("instruction")));
        lines.addAll(access.record("recognitions", this::ofStandard));
        lines.addAll(access.record("credential-recognitions", province -> Standards.CREDENTIAL));
        lines.addAll(access.common("standards", province -> standard("instruction"), "recognition"));
        lines.add(access.parked("recognitions", province -> recognition("no-such-standard", DECIDED)));
        lines.addAll(access.years());
        return lines;
    }

    private String ofStandard(String province) {
        return recognition(access.put("standards", province, standard("instruction")), DECIDED);
    }
}
