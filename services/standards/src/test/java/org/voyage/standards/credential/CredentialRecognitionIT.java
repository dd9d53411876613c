package org.voyage.standards.credential;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.voyage.kittest.RecordApiClient.bureau;
import static org.voyage.kittest.RecordApiClient.newSourceId;
import static org.voyage.kittest.RecordApiClient.put;
import static org.voyage.standards.StandardBodies.CREDENTIAL;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.RecordConventions;
import org.voyage.kittest.RecordSample;

@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class CredentialRecognitionIT extends RecordConventions {

    private final String id = newSourceId("CR");
    private final String path = "/v1/credential-recognitions/33/" + id;

    @Override
    protected RecordSample sample() {
        return new RecordSample(
                "standards",
                "credential-recognition",
                "credential-recognitions",
                CREDENTIAL,
                CREDENTIAL.replace("partly-recognised", "refused"),
                """
                {"delivery":"post","college":"4","country":"CHN","submittedOn":"x","decision":"maybe","decided":"x"}""",
                List.of(
                        "/credential",
                        "/delivery",
                        "/college",
                        "/country",
                        "/submittedOn",
                        "/decision",
                        "/decidedOn",
                        "/decided"),
                "credential,course,delivery,college,country,submittedOn,decision,decidedOn",
                "数控技术微证书,CNC,online,4137012345,MYS,2020-02-29,partly-recognised,2020-06-01");
    }

    @Test
    void it_is_not_decided_before_it_was_submitted() {
        put(path, CREDENTIAL.replace("2020-06-01", "2020-02-28"))
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/decidedOn"))
                .body("errors[0].rule", equalTo("decided-after-submitted"));
        put(path, CREDENTIAL.replace("2020-06-01", "2020-02-29")).then().statusCode(201);
    }

    @Test
    void a_list_is_of_one_college_country_delivery_and_decision() {
        put(path, CREDENTIAL).then().statusCode(201);
        String list = "/v1/credential-recognitions?limit=1000&college=4137012345&country=MYS&delivery=online&decision=";
        bureau("33").get(list + "partly-recognised").then().body("items.sourceId", hasItem(id));
        bureau("33").get(list + "refused").then().body("items.sourceId", not(hasItem(id)));
        bureau("33").get(list + "maybe").then().statusCode(400);
    }
}
