package org.voyage.mobility.enrolment;

import static org.voyage.kittest.RecordApiClient.bureau;
import static org.voyage.kittest.RecordApiClient.newSourceId;

import io.restassured.response.Response;
import org.voyage.kittest.RecordApiClient;
import org.voyage.mobility.MobilityRecord;

/** Test requests of enrolments with personal data. */
public final class EnrolmentRequests {

    static final String BODY = MobilityRecord.INBOUND_ENROLMENT.body();

    private EnrolmentRequests() {}

    /** Returns a passport number that no other student has. */
    public static String newPassport() {
        return newSourceId("P").replace("-", "").substring(0, 20);
    }

    public static String bodyWithPassport(String passport) {
        return bodyWith("\"name\":\"SOMSAK EXAMPLE\",\"passportNumber\":\"%s\",\"birthDate\":\"2000-02-29\""
                .formatted(passport));
    }

    static String bodyWith(String personal) {
        return BODY.replace("\"enrolled\"", "\"enrolled\"," + personal);
    }

    public static String newPath(String province) {
        return "/v1/inbound-enrolments/" + province + "/" + newSourceId("S");
    }

    public static Response putEnrolment(String path, String body) {
        return RecordApiClient.put(path, body);
    }

    public static Response getPersonalData(String path) {
        return bureau(path.split("/")[3]).get(path + "/personal-data");
    }

    static String idOf(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
