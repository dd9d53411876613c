package org.voyage.kittest;

import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.specification.RequestSpecification;

/** Test steps that move a province's years as the permitted roles. */
public final class YearStateSteps {

    private YearStateSteps() {}

    public static void lockYear(String province, int year) {
        putState(RecordApiClient.bureau(province), province, year, "{\"state\":\"submitted\"}");
        putState(RecordApiClient.operator(), province, year, "{\"state\":\"accepted\"}");
        putState(RecordApiClient.operator(), province, year, "{\"state\":\"locked\"}");
    }

    public static void reopenYear(String province, int year) {
        putState(RecordApiClient.operator(), province, year, "{\"state\":\"open\",\"reason\":\"更正\"}");
    }

    private static void putState(RequestSpecification who, String province, int year, String body) {
        who.body(body).put("/v1/years/" + province + "/" + year).then().statusCode(anyOf(equalTo(200), equalTo(201)));
    }
}
