package org.voyage.kit.bulk;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestTokens;

/** Test of a disk with less free space than its floor. */
@QuarkusTest
@QuarkusTestResource(RealBackends.class)
@TestProfile(TightStorageProfile.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DiskFloorIT {

    @Test
    @Order(1)
    void the_metrics_of_the_disk_are_there_before_the_first_file() {
        given().get("/q/metrics")
                .then()
                .body(allOf(
                        containsString("voyage_spool_used_bytes"),
                        containsString("voyage_spool_limit_bytes"),
                        containsString("voyage_spool_disk_free_bytes"),
                        containsString("voyage_spool_disk_floor_bytes")));
    }

    @Test
    @Order(2)
    void below_the_floor_no_file_is_taken_and_all_else_works() {
        given().auth()
                .oauth2(TestTokens.bureauToken("12"))
                .contentType("text/csv; charset=utf-8")
                .body("sourceId,name\nA,one\n")
                .post("/v1/things/batches")
                .then()
                .statusCode(507)
                .header("Retry-After", matchesPattern("[0-9]+"))
                .header("Location", nullValue())
                .body("type", equalTo("urn:voyage:problem:storage-full"))
                .body("quota.limit", equalTo(0))
                .body("quota.used", greaterThan(0L))
                .body("detail", containsString("All else works"))
                .body("detailZh", containsString("其他功能不受影响"));

        given().auth()
                .oauth2(TestTokens.bureauToken("12"))
                .contentType("application/json")
                .body("{\"name\":\"a\"}")
                .put("/v1/deeds/12/floor-1")
                .then()
                .statusCode(204);
        given().get("/q/health/ready").then().statusCode(200);
    }
}
