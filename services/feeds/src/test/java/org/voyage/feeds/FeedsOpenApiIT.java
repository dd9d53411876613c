package org.voyage.feeds;

import static org.voyage.feeds.alliance.RegistryRequests.ALLIANCE;
import static org.voyage.feeds.alliance.RegistryRequests.GRANT;
import static org.voyage.feeds.alliance.RegistryRequests.UNIVERSITY;
import static org.voyage.feeds.alliance.RegistryRequests.load;
import static org.voyage.feeds.alliance.RegistryRequests.newCode;
import static org.voyage.feeds.alliance.RegistryRequests.operator;
import static org.voyage.feeds.alliance.RegistryRequests.put;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.voyage.kittest.ApiAnswerFilter;
import org.voyage.kittest.ApiContract;
import org.voyage.kittest.ApiDescriptionCheck;
import org.voyage.kittest.RealBackends;

@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "feeds"))
class FeedsOpenApiIT {

    @Test
    void the_committed_document_is_what_the_code_says() {
        ApiContract.of("feeds").requireCommitted();
    }

    @Test
    void every_operation_has_examples_of_what_is_sent_and_answered() {
        ApiContract.of("feeds").requireExamples();
    }

    @Test
    void every_operation_is_described_in_both_languages_with_its_parameters_answers_and_refusals() {
        ApiDescriptionCheck.assertDocumented(ApiAnswerFilter.ofRunningService().document());
    }

    @Test
    void real_answers_of_every_operation_fit_the_document() {
        ApiAnswerFilter answers = ApiAnswerFilter.ofRunningService().install();
        try {
            callRegistry();
            operator().get("/v1/audit?limit=5").then().statusCode(200);
            operator().get("/v1/audit/verification").then().statusCode(200);
            answers.requireAllAnswersSeen(List.of());
        } finally {
            ApiAnswerFilter.uninstall();
        }
    }

    private static void callRegistry() {
        String code = newCode();
        String path = "/v1/alliances/" + code;
        put(code, ALLIANCE).statusCode(201);
        put(code, ALLIANCE.replace("示例", "另一")).statusCode(200);
        put(code + "/members/M-1", UNIVERSITY).statusCode(201);
        put(code + "/members/M-1", UNIVERSITY).statusCode(200);
        put(code + "/grants/G-1", GRANT).statusCode(201);
        put(code + "/grants/G-1", GRANT).statusCode(200);
        load(code, "id,kind,names,country,from\nM-2,enterprise,Example Motors,DEU,2024-02-29\n")
                .statusCode(200);
        for (String read : List.of(
                "/v1/alliances?limit=1000",
                path,
                path + "/members",
                path + "/members/M-1",
                path + "/likely-misses",
                path + "/grants",
                path + "/grants/G-1")) {
            operator().get(read).then().statusCode(200);
        }
        operator()
                .body("{\"reason\":\"test\"}")
                .post(path + "/suspension")
                .then()
                .statusCode(200);
        operator().delete(path + "/suspension").then().statusCode(200);
        operator().delete(path + "/members/M-1?reason=test").then().statusCode(204);
        operator().delete(path + "/grants/G-1?reason=test").then().statusCode(204);
        operator().delete(path + "?reason=test").then().statusCode(204);
    }
}
