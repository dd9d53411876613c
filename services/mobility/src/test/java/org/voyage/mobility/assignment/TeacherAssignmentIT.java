package org.voyage.mobility.assignment;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.RecordConventions;
import org.voyage.kittest.RecordSample;
import org.voyage.mobility.MobilityRecord;

@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class TeacherAssignmentIT extends RecordConventions {

    @Override
    protected RecordSample sample() {
        return MobilityRecord.TEACHER_ASSIGNMENT.sample(
                "college,hostCountry,hostKind,role,teachers,days,startedOn",
                "4112012345,KEN,overseas-school,training,3,60,2024-02-29");
    }
}
