package org.voyage.mobility;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.voyage.kittest.AccessMatrix;
import org.voyage.kittest.AccessMatrixRow;
import org.voyage.kittest.AccessRights;
import org.voyage.kittest.AccessRights.AccessRight;
import org.voyage.kittest.AccessRights.TestCaller;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.RecordAccessRows;
import org.voyage.kittest.RowSecurityCheck;
import org.voyage.mobility.enrolment.EnrolmentRequests;

@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class AccessIT {
    private static final String TIBET = "54";
    private static final String NINGXIA = "64";
    private static final String ENROLMENTS = "inbound-enrolments";

    private static final AccessRights PERSONAL_DATA_RIGHTS =
            AccessRights.WRITE.withRight(TestCaller.PRIVACY_OFFICER, AccessRight.ALL);
    private static final AccessRights PRIVACY_OFFICER_RIGHTS = AccessRights.WRITE
            .withRight(TestCaller.BUREAU, AccessRight.NONE)
            .withRight(TestCaller.NEIGHBOUR, AccessRight.NONE)
            .withRight(TestCaller.PRIVACY_OFFICER, AccessRight.ALL);

    @SuppressWarnings("NullAway.Init")
    private RecordAccessRows access;

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
        RowSecurityCheck.ofRecords("voyage")
                .allowFault("personal_rotation has no province", "how far the renewal of everybody's rows is")
                .requireNoFaults();
    }

    private List<AccessMatrixRow> lines() {
        List<AccessMatrixRow> lines = new ArrayList<>();
        for (MobilityRecord its : MobilityRecord.values()) {
            lines.addAll(access.recordRows(its.record + "s", province -> its.body));
        }
        lines.addAll(access.commonRows(
                "foreign-teachers", province -> MobilityRecord.FOREIGN_TEACHER.body, "outbound-placement"));
        lines.addAll(access.yearRows());
        // No record of mobility has a parent.
        lines.add(AccessMatrixRow.of("GET /v1/parked", AccessRights.READ));
        String personal = "/v1/inbound-enrolments/{province}/{sourceId}/personal-data";
        AccessMatrixRow.PathObjects students = new EnrolledStudents();
        lines.add(AccessMatrixRow.on("GET " + personal, PERSONAL_DATA_RIGHTS, students));
        lines.add(AccessMatrixRow.on("DELETE " + personal, PERSONAL_DATA_RIGHTS, students)
                .withQuery("reason=other"));
        lines.add(AccessMatrixRow.on("POST " + personal + "/consent", PERSONAL_DATA_RIGHTS, students));
        lines.add(AccessMatrixRow.of("POST /v1/personal-data/rotation", PRIVACY_OFFICER_RIGHTS));
        lines.add(AccessMatrixRow.of("GET /v1/personal-data/rotation", PRIVACY_OFFICER_RIGHTS));
        return lines;
    }

    private final class EnrolledStudents implements AccessMatrixRow.PathObjects {
        @Override
        public Map<String, String> existing(String province) {
            String id = access.putRecord(
                    ENROLMENTS, province, EnrolmentRequests.bodyWithPassport(EnrolmentRequests.newPassport()));
            return Map.of("province", province, "sourceId", id);
        }

        @Override
        public Map<String, String> absent(String province) {
            return Map.of("province", province, "sourceId", "NOBODY");
        }
    }
}
