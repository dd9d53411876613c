package org.voyage.indicators.feature.release;

import static io.restassured.RestAssured.given;

import java.util.Map;
import java.util.UUID;
import org.voyage.indicators.TestEventLog;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kittest.TestTokens;

/** Sender of placements of students abroad in a year that no other test has. */
final class PlacementSender {

    static final String PLACEMENT_TOPIC = "mobility.outbound-placement";
    static final String FIGURE = "outbound-participants";

    private final int year;
    private Receipt receipt = Receipt.EMPTY;

    PlacementSender(int year) {
        this.year = year;
    }

    /** @return the key of the record */
    String sendPlacement(String province, String country, int participants, String purpose) {
        String key = province + "/R-" + UUID.randomUUID();
        receipt = receipt.plus(TestEventLog.sendChange(
                PLACEMENT_TOPIC, key, 1, """
                {"college":"41%s000001","hostCountry":"%s","hostOrganisation":"示例","purpose":"%s",\
                "participants":%d,"days":30,"startedOn":"%d-06-01"}""".formatted(province, country, purpose, participants, year)));
        return key;
    }

    void sendAll(Map<String, Integer> countries) {
        countries.forEach((country, participants) -> sendPlacement("12", country, participants, "internship"));
    }

    void withdrawPlacement(String key) {
        receipt = receipt.plus(TestEventLog.sendChange(PLACEMENT_TOPIC, key, 2, null));
    }

    /** Waits until all placements are counted. */
    void awaitCounted() {
        given().auth()
                .oauth2(TestTokens.operatorToken())
                .get("/v1/indicators/" + FIGURE + "/values?period=" + year + "&receipt=" + receipt.text())
                .then()
                .statusCode(200);
        receipt = Receipt.EMPTY;
    }
}
