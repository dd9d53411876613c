package org.voyage.standards.standard;

import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.voyage.kittest.RecordApiClient.bureau;
import static org.voyage.kittest.RecordApiClient.newSourceId;
import static org.voyage.standards.StandardBodies.putStandard;
import static org.voyage.standards.StandardBodies.standard;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.RecordConventions;
import org.voyage.kittest.RecordSample;

@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class StandardIT extends RecordConventions {

    @Override
    protected RecordSample sample() {
        return new RecordSample(
                "standards",
                "standard",
                "standards",
                standard("instruction"),
                standard("curriculum"),
                """
                {"title":" ","kind":"x","developingColleges":["4137012345","4137012345"],"field":"40","Edition":"1"}""",
                List.of("/title", "/kind", "/developingColleges/1", "/field", "/edition", "/Edition"),
                "title,titleEn,kind,developingColleges,field,edition",
                "机电一体化技术专业教学标准,Mechatronics,instruction,4137012345|4137054321,46,2021");
    }

    @Test
    void a_list_is_of_one_kind_and_field() {
        String id = newSourceId("S");
        putStandard("12", id);
        String list = "/v1/standards?limit=1000&kind=";
        bureau("12").get(list + "instruction&field=46").then().body("items.sourceId", hasItem(id));
        bureau("12").get(list + "instruction&field=47").then().body("items.sourceId", not(hasItem(id)));
        bureau("12").get(list + "curriculum").then().body("items.sourceId", not(hasItem(id)));
        bureau("12").get(list + "instruction&field=40").then().statusCode(400);
    }
}
