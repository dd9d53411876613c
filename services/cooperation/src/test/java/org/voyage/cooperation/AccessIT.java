package org.voyage.cooperation;

import static org.voyage.cooperation.Cooperations.ENROLLING;
import static org.voyage.cooperation.Cooperations.headcount;
import static org.voyage.cooperation.Cooperations.institution;
import static org.voyage.cooperation.Cooperations.programme;

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
        lines.addAll(access.record("cooperative-institutions", province -> institution(ENROLLING)));
        lines.addAll(access.record("cooperative-programmes", province -> programme(ENROLLING)));
        lines.addAll(access.record("cooperative-headcounts", this::ofInstitution));
        lines.addAll(
                access.common("cooperative-programmes", province -> programme(ENROLLING), "cooperative-headcount"));
        lines.add(access.parked(
                "cooperative-headcounts", province -> headcount("programme", "no-such-programme", 2020, 1)));
        lines.addAll(access.years());
        return lines;
    }

    private String ofInstitution(String province) {
        String known = access.put("cooperative-institutions", province, institution(ENROLLING));
        return headcount("institution", known, 2020, 12);
    }
}
