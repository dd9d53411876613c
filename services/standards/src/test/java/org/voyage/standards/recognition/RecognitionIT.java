package org.voyage.standards.recognition;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;
import static org.voyage.kittest.RecordApiClient.bureau;
import static org.voyage.kittest.RecordApiClient.newSourceId;
import static org.voyage.kittest.RecordApiClient.put;
import static org.voyage.standards.StandardBodies.putStandard;
import static org.voyage.standards.StandardBodies.recognition;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.RecordConventions;
import org.voyage.kittest.RecordSample;

@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class RecognitionIT extends RecordConventions {

    private static final String DECIDED = "\"decidedOn\":\"2018-02-28\"";
    private static final String REVOKED = DECIDED + ",\"revokedOn\":\"2020-02-29\"";

    private final String standard = newSourceId("S");
    private final String id = newSourceId("R");
    private final String path = "/v1/recognitions/33/" + id;

    @Override
    protected void bringParent(String province) {
        putStandard(province, standard).then().statusCode(201);
    }

    @Override
    protected RecordSample sample() {
        return new RecordSample(
                "standards",
                "recognition",
                "recognitions",
                recognition(standard, DECIDED),
                recognition(standard, REVOKED),
                """
                {"country":"ROC","adopter":"","level":"x","decidedOn":"2019-02-29","expireson":"2020-01-01"}""",
                List.of("/standard", "/country", "/adopter", "/level", "/decidedOn", "/expireson"),
                "standard,country,adopter,level,decidedOn,evidence",
                standard + ",TZA,坦桑尼亚职业教育主管部门（示例）,registered-by-authority,2018-02-28,https://example.org/1");
    }

    @Test
    void it_expires_after_and_is_revoked_not_before_it_was_decided() {
        putStandard("33", standard);
        put(path, recognition(standard, DECIDED + ",\"expiresOn\":\"2018-02-28\",\"revokedOn\":\"2018-02-27\""))
                .then()
                .statusCode(422)
                .body("errors.rule", hasItems("expires-after-decided", "revoked-after-decided"));
        put(path, recognition(standard, DECIDED + ",\"expiresOn\":\"2018-03-01\",\"revokedOn\":\"2018-02-28\""))
                .then()
                .statusCode(201);
    }

    @Test
    void what_is_revoked_stays_revoked() {
        putStandard("33", standard);
        put(path, recognition(standard, DECIDED)).then().statusCode(201);
        put(path, recognition(standard, REVOKED)).then().statusCode(200);
        put(path, recognition(standard, DECIDED))
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/revokedOn"))
                .body("errors[0].rule", equalTo("lifecycle"));
        put(path, recognition(standard, REVOKED.replace("02-29", "03-01")))
                .then()
                .statusCode(200);
    }

    @Test
    void it_waits_for_its_standard_and_comes_with_it() {
        put(path, recognition(standard, DECIDED)).then().statusCode(202).body("waitsFor.record", equalTo("standard"));
        putStandard("33", standard).then().statusCode(201);
        bureau("33").get(path).then().statusCode(200);
        bureau("33").delete("/v1/standards/33/" + standard + "?reason=x").then().statusCode(409);
    }

    @Test
    void what_would_take_back_a_revocation_waits_with_a_finding_when_its_standard_has_come() {
        putStandard("33", standard);
        put(path, recognition(standard, REVOKED)).then().statusCode(201);
        String other = newSourceId("OTHER");
        put(path, recognition(other, DECIDED)).then().statusCode(202);
        putStandard("33", other).then().statusCode(201);
        bureau("33").get(path).then().body("version", equalTo(1));
        bureau("33")
                .get("/v1/parked?limit=1000")
                .then()
                .body("items.find { it.sourceId == '" + id + "' }.warnings[0].rule", equalTo("lifecycle"));
    }

    @Test
    void it_follows_a_renamed_standard() {
        putStandard("33", standard);
        put(path, recognition(standard, DECIDED));
        String renamed = newSourceId("N");
        bureau("33")
                .body("{\"sourceId\":\"" + renamed + "\",\"reason\":\"编号有误\"}")
                .post("/v1/standards/33/" + standard + "/rename")
                .then()
                .statusCode(200);
        bureau("33").get(path).then().body("version", equalTo(2)).body("fields.standard", equalTo(renamed));
    }

    @Test
    void a_list_is_of_one_standard_country_and_level_and_home_is_a_country_too() {
        putStandard("33", standard);
        put(path, recognition(standard, DECIDED).replace("TZA", "CHN")).then().statusCode(201);
        String list = "/v1/recognitions?standard=" + standard;
        bureau("33")
                .get(list + "&country=CHN&level=registered-by-authority")
                .then()
                .body("items.sourceId", hasItem(id));
        bureau("33").get(list + "&country=TZA").then().body("items.sourceId", not(hasItem(id)));
    }
}
