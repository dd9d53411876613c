package org.voyage.cooperation;

import static org.voyage.kittest.RecordApiClient.put;

import io.restassured.response.Response;

/** Test bodies of institutions, programmes and headcounts. */
public final class CooperationBodies {

    public static final String ENROLLING_LIFE = """
            "approvedOn":"2015-02-28","scheme":"ordinary","status":"enrolling","enrollingFrom":"2016-02-29\"""";

    private CooperationBodies() {}

    /**
     * Returns the body of an institution.
     *
     * @param life approvedOn, scheme, status and the dates that go with it
     */
    public static String institution(String life) {
        return "{" + agreement() + "," + life + ",\"legalForm\":\"non-legal-person\"}";
    }

    /**
     * Returns the body of a programme.
     *
     * @param life approvedOn, scheme, status and the dates that go with it
     */
    public static String programme(String life) {
        return "{" + agreement() + "," + life + ",\"major\":\"460301\"}";
    }

    private static String agreement() {
        return """
                "name":"示例职业技术学院中德国际学院","nameEn":"Example College","college":"4137012345",
                "foreignPartners":[{"name":"Technische Hochschule Beispielstadt","country":"DEU"}],
                "approvalNumber":"MOE37DE0A0000000001N\"""";
    }

    public static Response putInstitution(String province, String sourceId) {
        return put("/v1/cooperative-institutions/" + province + "/" + sourceId, institution(ENROLLING_LIFE));
    }

    public static Response putProgramme(String province, String sourceId) {
        return put("/v1/cooperative-programmes/" + province + "/" + sourceId, programme(ENROLLING_LIFE));
    }

    /**
     * Returns the body of a headcount.
     *
     * @param of {@code institution} or {@code programme}
     */
    public static String headcount(String of, String sourceId, int year, int students) {
        return "{\"%s\":\"%s\",\"year\":%d,\"students\":%d}".formatted(of, sourceId, year, students);
    }
}
