package org.voyage.kit.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestTokens;

/** Test of the token cache: a token is verified once and then found in the cache. */
@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class TokenCacheIT {

    private static ValidatableResponse requestIdentity(String token) {
        return given().auth().oauth2(token).get("/v1/identity").then();
    }

    /** The verifying provider used to come first, and verified each token each time. */
    @Test
    void a_token_is_verified_once() {
        String token = TestTokens.bureauToken("54");
        requestIdentity(token).statusCode(200).body("remembered", equalTo(false));
        requestIdentity(token)
                .statusCode(200)
                .body("remembered", equalTo(true))
                .body("name", equalTo("bureau-54"))
                .body("roles", contains("bureau"));
    }

    @Test
    void one_that_differs_in_a_letter_is_another() {
        String token = TestTokens.bureauToken("53");
        requestIdentity(token).statusCode(200);
        int last = token.length() - 5;
        char other = token.charAt(last) == 'a' ? 'b' : 'a';
        requestIdentity(token.substring(0, last) + other + token.substring(last + 1))
                .statusCode(401);
    }
}
