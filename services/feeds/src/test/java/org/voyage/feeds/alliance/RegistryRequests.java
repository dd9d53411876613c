package org.voyage.feeds.alliance;

import static io.restassured.RestAssured.given;

import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.voyage.kittest.TestTokens;

/** Requests about alliances, members and grants. */
public final class RegistryRequests {

    public static final String ALLIANCE = "{\"name\":\"示例联盟\",\"nameEn\":\"Example alliance\",\"contact\":\"office\"}";

    public static final String UNIVERSITY = """
            {"kind":"foreign-university","names":["Example University","示例大学"],"country":"THA","from":"2024-11-01"}""";

    public static final String GRANT = """
            {"records":["overseas-school"],"countries":["THA"],"grantedFields":["overseas-school.hostCity"],\
            "legalBasis":"教外函〔2024〕1号","from":"2024-01-01","until":"2027-01-01"}""";

    private static final AtomicInteger CODES = new AtomicInteger();

    private RegistryRequests() {}

    /** Returns the code of an alliance that no other test uses. */
    public static String newCode() {
        return "REG" + CODES.incrementAndGet();
    }

    public static RequestSpecification operator() {
        return given().auth().oauth2(TestTokens.operatorToken()).contentType("application/json");
    }

    public static RequestSpecification alliance(String code) {
        return given().auth().oauth2(TestTokens.allianceToken(code));
    }

    /** Puts what lies below {@code /v1/alliances/}, as an operator. */
    public static ValidatableResponse put(String path, String body) {
        return operator().body(body).put("/v1/alliances/" + path).then();
    }

    /** Sends a file of members, as an operator. */
    public static ValidatableResponse load(String code, String csv) {
        return given().auth()
                .oauth2(TestTokens.operatorToken())
                .contentType("text/csv")
                .body(csv.getBytes(StandardCharsets.UTF_8))
                .post("/v1/alliances/" + code + "/members")
                .then();
    }
}
