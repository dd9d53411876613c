package org.voyage.standards;

import static org.voyage.kittest.RecordApiClient.put;

import io.restassured.response.Response;

/** Test bodies of standards and recognitions. */
public final class StandardBodies {

    public static final String CREDENTIAL = """
            {"credential":"数控技术微证书","course":"CNC","delivery":"online","college":"4137012345","country":"MYS",
             "submittedOn":"2020-02-29","decision":"partly-recognised","decidedOn":"2020-06-01"}""";

    private StandardBodies() {}

    public static String standard(String kind) {
        return """
                {"title":"机电一体化技术专业教学标准","titleEn":"Mechatronics","kind":"%s",
                 "developingColleges":["4137012345","4137054321"],"field":"46","edition":"2021"}""".formatted(kind);
    }

    public static Response putStandard(String province, String sourceId) {
        return put("/v1/standards/" + province + "/" + sourceId, standard("instruction"));
    }

    /**
     * Returns the body of a recognition.
     *
     * @param dates decidedOn and optionally expiresOn and revokedOn
     */
    public static String recognition(String standard, String dates) {
        return """
                {"standard":"%s","country":"TZA","adopter":"坦桑尼亚职业教育主管部门（示例）",
                 "level":"registered-by-authority",%s,"evidence":"https://example.org/1"}""".formatted(standard, dates);
    }
}
