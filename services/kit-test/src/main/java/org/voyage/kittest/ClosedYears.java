package org.voyage.kittest;

import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.specification.RequestSpecification;

/** Years of a province, moved by those who may. */
public final class ClosedYears {

    private ClosedYears() {}

    public static void lock(String province, int year) {
        step(RecordApi.bureau(province), province, year, "{\"state\":\"submitted\"}");
        step(RecordApi.operator(), province, year, "{\"state\":\"accepted\"}");
        step(RecordApi.operator(), province, year, "{\"state\":\"locked\"}");
    }

    public static void reopen(String province, int year) {
        step(RecordApi.operator(), province, year, "{\"state\":\"open\",\"reason\":\"更正\"}");
    }

    private static void step(RequestSpecification who, String province, int year, String body) {
        who.body(body).put("/v1/years/" + province + "/" + year).then().statusCode(anyOf(equalTo(200), equalTo(201)));
    }
}
