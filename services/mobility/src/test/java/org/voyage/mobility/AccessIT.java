package org.voyage.mobility;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.voyage.kittest.Access;
import org.voyage.kittest.Access.Right;
import org.voyage.kittest.Access.Who;
import org.voyage.kittest.AccessLine;
import org.voyage.kittest.AccessMatrix;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.RecordAccess;
import org.voyage.kittest.TableCatalogue;
import org.voyage.mobility.enrolment.Enrolments;

@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class AccessIT {
    private static final String TIBET = "54";
    private static final String NINGXIA = "64";
    private static final String ENROLMENTS = "inbound-enrolments";

    private static final Access PERSONAL = Access.WRITE.and(Who.PRIVACY_OFFICER, Right.ALL);
    private static final Access OFFICER = Access.WRITE
            .and(Who.BUREAU, Right.NONE)
            .and(Who.NEIGHBOUR, Right.NONE)
            .and(Who.PRIVACY_OFFICER, Right.ALL);

    private final RecordAccess access = new RecordAccess(RestAssured.port);

    @Test
    void every_caller_gets_as_far_as_the_table_says_and_cannot_tell_anothers_from_absent() {
        new AccessMatrix(RestAssured.port, TIBET, NINGXIA, lines()).check();
    }

    @Test
    void the_tables_are_guarded() throws SQLException {
        TableCatalogue.ofRecords("voyage")
                .allow("personal_rotation has no province", "how far the renewal of everybody's rows is")
                .check();
    }

    private List<AccessLine> lines() {
        List<AccessLine> lines = new ArrayList<>();
        for (MobilityRecord its : MobilityRecord.values()) {
            lines.addAll(access.record(its.record + "s", province -> its.body));
        }
        lines.addAll(access.common(
                "foreign-teachers", province -> MobilityRecord.FOREIGN_TEACHER.body, "outbound-placement"));
        // No record of mobility waits for another.
        lines.add(AccessLine.of("GET /v1/parked", Access.READ));
        String personal = "/v1/inbound-enrolments/{province}/{sourceId}/personal-data";
        AccessLine.Objects students = new Students();
        lines.add(AccessLine.on("GET " + personal, PERSONAL, students));
        lines.add(AccessLine.on("DELETE " + personal, PERSONAL, students).query("reason=test"));
        lines.add(AccessLine.on("POST " + personal + "/consent", PERSONAL, students));
        lines.add(AccessLine.of("POST /v1/personal-data/rotation", OFFICER));
        lines.add(AccessLine.of("GET /v1/personal-data/rotation", OFFICER));
        return lines;
    }

    private final class Students implements AccessLine.Objects {
        @Override
        public Map<String, String> existing(String province) {
            String id = access.put(ENROLMENTS, province, Enrolments.body(Enrolments.passport()));
            return Map.of("province", province, "sourceId", id);
        }

        @Override
        public Map<String, String> absent(String province) {
            return Map.of("province", province, "sourceId", "NOBODY");
        }
    }
}
