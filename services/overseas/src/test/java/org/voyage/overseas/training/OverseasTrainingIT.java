package org.voyage.overseas.training;

import static org.voyage.overseas.OverseasBodies.newSourceId;
import static org.voyage.overseas.OverseasBodies.openSchool;
import static org.voyage.overseas.OverseasBodies.put;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.RecordConventions;
import org.voyage.kittest.RecordSample;

@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class OverseasTrainingIT extends RecordConventions {

    private final String school = newSourceId("S");

    private String training(int people) {
        return """
                {"school":"%s","enterprise":"中车","people":%d,"days":3,"startedOn":"2024-02-29"}""".formatted(school, people);
    }

    @Override
    protected void bringParent(String province) {
        put("/v1/overseas-schools/" + province + "/" + school, openSchool())
                .then()
                .statusCode(201);
    }

    @Override
    protected RecordSample sample() {
        return new RecordSample(
                "overseas",
                "overseas-training",
                "overseas-trainings",
                training(20),
                training(21),
                "{\"school\":\"\",\"people\":0,\"days\":0,\"startedOn\":\"2023-02-29\"}",
                List.of("/school", "/enterprise", "/people", "/days", "/startedOn"),
                "school,enterprise,people,days,startedOn",
                school + ",中车,20,3,2024-02-29");
    }
}
