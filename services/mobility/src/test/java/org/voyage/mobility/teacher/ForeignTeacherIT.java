package org.voyage.mobility.teacher;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.RecordConventions;
import org.voyage.kittest.RecordSample;
import org.voyage.mobility.MobilityRecord;

@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class ForeignTeacherIT extends RecordConventions {

    @Override
    protected RecordSample sample() {
        return MobilityRecord.FOREIGN_TEACHER.sample("college,nationality,startedOn", "4112012345,DEU,2020-02-29");
    }
}
