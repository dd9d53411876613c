package org.voyage.kit.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.voyage.kittest.RealBackends;

/** Test of the OpenAPI document for a record with contract files in the tests. */
@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class ApiDocumentIT {

    private static ValidatableResponse document() {
        return given().get("/q/openapi?format=json").then().statusCode(200);
    }

    @Test
    void a_record_has_the_schema_of_its_events_in_the_words_of_its_sheet() {
        document()
                .body("components.schemas.Thing.properties.name.maxLength", equalTo(100))
                .body("components.schemas.Thing.properties.name.title", equalTo("Name / 名称"))
                .body("components.schemas.Thing.properties.name.description", equalTo("What it is called. / 物品的中文名称。"))
                .body("components.schemas.Thing.additionalProperties", equalTo(false))
                .body("components.schemas.ThingVersion.properties.fields.$ref", containsString("/Thing"));
    }

    @Test
    void a_file_has_an_example_in_each_format() {
        document()
                .root("paths.'/v1/things/batches'.post")
                .body("requestBody.content.'text/csv'.example", equalTo("sourceId,name\nT-1,锅\n"))
                .body("requestBody.content.'application/x-ndjson'.example", containsString("\"sourceId\":\"T-1\""))
                .body("parameters.name", hasItem("Idempotency-Key"))
                .body("responses.409.$ref", containsString("idempotency-key-in-use"));
    }

    @Test
    void every_operation_may_be_answered_with_too_many_requests() {
        document().body("paths.'/v1/things'.get.responses.429.$ref", containsString("too-many-requests"));
    }

    @Test
    void the_page_is_whole_without_the_internet() {
        var page = given().get("/docs/").then().statusCode(200).extract().asString();
        assertThat(Pattern.compile("(?:src|href)=\"(?:https?:)?//")
                        .matcher(page)
                        .find())
                .isFalse();
        assertThat(page).contains("/q/openapi");
        var files = Pattern.compile("(?:src|href)=\"([^\"]+\\.(?:js|css))\"").matcher(page);
        int found = 0;
        while (files.find()) {
            given().get("/docs/" + files.group(1)).then().statusCode(200);
            found++;
        }
        assertThat(found).isPositive();
    }
}
