package org.voyage.indicators;

import static io.restassured.RestAssured.given;

import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;

/** Requests with a body that is sent byte for byte, under an unchanged media type. */
public final class RawBodyRequests {

    private RawBodyRequests() {}

    public static RequestSpecification withBody(String token, String type, byte[] body) {
        EncoderConfig asIs = EncoderConfig.encoderConfig()
                .appendDefaultContentCharsetToContentTypeIfUndefined(false)
                .encodeContentTypeAs(type, ContentType.BINARY);
        return given().config(RestAssuredConfig.config().encoderConfig(asIs))
                .auth()
                .oauth2(token)
                .contentType(type)
                .body(body);
    }
}
