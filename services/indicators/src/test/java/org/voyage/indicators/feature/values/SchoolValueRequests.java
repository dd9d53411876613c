package org.voyage.indicators.feature.values;

import static io.restassured.RestAssured.given;

import io.restassured.response.ValidatableResponse;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.voyage.indicators.TestEventLog;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kittest.TestTokens;

/** Schools to count, and questions about them. Each test has countries of its own. */
final class SchoolValueRequests {

    private SchoolValueRequests() {}

    /** A school of a province that opened in 2020. */
    static Receipt sendSchool(String province, String country, String brand) {
        return TestEventLog.sendChange(
                TestEventLog.SCHOOL_TOPIC,
                province + "/V-" + UUID.randomUUID(),
                1,
                TestEventLog.schoolJson(country, brand, "2020-05-01", null));
    }

    /** As many schools in the country. */
    static Receipt sendSchools(String country, int number) {
        Receipt all = Receipt.EMPTY;
        for (int i = 0; i < number; i++) {
            all = all.plus(sendSchool("12", country, "luban-workshop"));
        }
        return all;
    }

    /** Asks once the write is counted. */
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

    /** The lines of a table without its last columns, how complete the years are: others send records of them too. */
    static List<String> withoutCoverage(String text) {
        List<String> lines = splitLines(text);
        int columns = lines.getFirst().endsWith(",notClosed") ? 10 : 5;
        return lines.stream()
                .map(line -> line.replaceFirst("(,(\"[^\"]*\"|[^,]*)){" + columns + "}$", ""))
                .toList();
    }

    /** The lines of a text. */
    static List<String> splitLines(String text) {
        return Arrays.asList(text.split("\r\n"));
    }
}
