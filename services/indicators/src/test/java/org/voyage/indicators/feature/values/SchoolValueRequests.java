package org.voyage.indicators.feature.values;

import static io.restassured.RestAssured.given;

import io.restassured.response.ValidatableResponse;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.voyage.indicators.TestEventLog;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kittest.TestTokens;

/** Schools to count, and queries on them. Each test has its own countries. */
final class SchoolValueRequests {

    private SchoolValueRequests() {}

    /** Sends a school of a province that opened in 2020. */
    static Receipt sendSchool(String province, String country, String brand) {
        return TestEventLog.sendChange(
                TestEventLog.SCHOOL_TOPIC,
                province + "/V-" + UUID.randomUUID(),
                1,
                TestEventLog.schoolJson(country, brand, "2020-05-01", null));
    }

    /** Sends this number of schools in the country. */
    static Receipt sendSchools(String country, int number) {
        Receipt all = Receipt.EMPTY;
        for (int i = 0; i < number; i++) {
            all = all.plus(sendSchool("12", country, "luban-workshop"));
        }
        return all;
    }

    /** Sends a query that waits for the write. */
    static ValidatableResponse getAfterReceipt(Receipt receipt, String path, String... headers) {
        return getWithToken(TestTokens.operatorToken(), path + "&receipt=" + receipt.text(), headers);
    }

    static ValidatableResponse getAfterReceipt(String path, String... headers) {
        return getWithToken(TestTokens.operatorToken(), path, headers);
    }

    /** @param headers names and values in turn */
    static ValidatableResponse getWithToken(String token, String path, String... headers) {
        var request = given().auth().oauth2(token);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return request.get(path).then();
    }

    /**
     * Returns the lines of a table without its last columns, the coverage: other tests send records of the same years.
     */
    static List<String> withoutCoverage(String text) {
        List<String> lines = splitLines(text);
        int columns = lines.getFirst().endsWith(",notClosed") ? 10 : 5;
        return lines.stream()
                .map(line -> line.replaceFirst("(,(\"[^\"]*\"|[^,]*)){" + columns + "}$", ""))
                .toList();
    }

    /** Returns the lines of a text. */
    static List<String> splitLines(String text) {
        return Arrays.asList(text.split("\r\n"));
    }
}
