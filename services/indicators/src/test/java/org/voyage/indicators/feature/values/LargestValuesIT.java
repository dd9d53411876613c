package org.voyage.indicators.feature.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.voyage.indicators.RunningServiceTest;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestTokens;

@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "indicators"))
class LargestValuesIT implements RunningServiceTest {

    private static final String SCHOOLS = "/v1/indicators/overseas-schools/values";
    private static final String COUNTRIES = "/v1/indicators/overseas-countries/values";

    @Test
    void the_largest_and_the_others_are_the_total() {
        Receipt receipt = SchoolValueRequests.sendSchools("SXM", 3)
                .plus(SchoolValueRequests.sendSchools("TCA", 1))
                .plus(SchoolValueRequests.sendSchools("VIR", 2))
                .plus(SchoolValueRequests.sendSchools("SPM", 1));

        JsonPath answer = SchoolValueRequests.getAfterReceipt(
                        receipt,
                        SCHOOLS
                                + "?by=year,hostCountry&period=2020..2021&hostCountry=SXM,TCA,VIR,SPM&top=2&totals=true&shares=true")
                .statusCode(200)
                .extract()
                .jsonPath();

        assertThat(answer.<Map<String, Object>>getList("items"))
                .extracting(value -> value.get("year") + " " + value.get("hostCountry") + " " + value.get("value") + " "
                        + value.get("share"))
                .containsExactly("2020 SXM 3 42.86", "2020 VIR 2 28.57", "2021 SXM 3 42.86", "2021 VIR 2 28.57");
        assertThat(answer.<Map<String, Object>>getList("others"))
                .extracting(others -> others.get("year") + " " + others.get("count") + " " + others.get("value") + " "
                        + others.get("share"))
                .containsExactly("2020 2 2 28.57", "2021 2 2 28.57");
        assertThat(answer.<Map<String, Object>>getList("totals"))
                .containsExactly(Map.of("year", 2020, "value", 7), Map.of("year", 2021, "value", 7));
    }

    @Test
    void of_equally_large_ones_the_first_codes_are_kept() {
        Receipt receipt = SchoolValueRequests.sendSchools("JEY", 1)
                .plus(SchoolValueRequests.sendSchools("GIB", 1))
                .plus(SchoolValueRequests.sendSchools("IMN", 1));

        SchoolValueRequests.getAfterReceipt(receipt, SCHOOLS + "?by=hostCountry&hostCountry=JEY,GIB,IMN&top=2")
                .statusCode(200)
                .body("items.hostCountry", equalTo(List.of("GIB", "IMN")))
                .body("others.value", equalTo(List.of(1)));
    }

    /**
     * A bureau's two schools in two brands are in one country: each part has one country, and the whole has one as
     * well.
     */
    @Test
    void distinct_counts_have_a_total_of_their_own_and_no_others() {
        Receipt receipt = SchoolValueRequests.sendSchool("12", "TUV", "luban-workshop")
                .plus(SchoolValueRequests.sendSchool("32", "TUV", "other"));

        SchoolValueRequests.getAfterReceipt(receipt, COUNTRIES + "?by=brand&hostCountry=TUV&top=1&totals=true")
                .statusCode(200)
                .body("items.value", equalTo(List.of(1)))
                .body("others", nullValue())
                .body("totals.value", equalTo(List.of(1)))
                .body("notes.code", hasItem("others-do-not-add-up"));
    }

    @Test
    void shares_of_distinct_counts_are_refused() {
        SchoolValueRequests.getAfterReceipt(COUNTRIES + "?by=brand&shares=true")
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors[0].rule", equalTo("shares-do-not-add-up"))
                .body("errors[0].pointer", equalTo("?shares"))
                .body("detail", containsString("adding up distinct counts makes no sense"))
                .body("detailZh", containsString("去重"));
    }

    /** A bureau sees its own province and the nation, so it may see its own share. */
    @Test
    void a_bureau_learns_its_share_in_the_nation() {
        Receipt receipt = SchoolValueRequests.sendSchool("12", "REU", "other")
                .plus(SchoolValueRequests.sendSchool("32", "REU", "other"))
                .plus(SchoolValueRequests.sendSchool("32", "REU", "other"))
                .plus(SchoolValueRequests.sendSchool("33", "REU", "other"));

        SchoolValueRequests.getWithToken(
                        TestTokens.bureauToken("32"),
                        SCHOOLS + "?by=province&hostCountry=REU&totals=true&shares=true&receipt=" + receipt.text())
                .statusCode(200)
                .body("items.province", equalTo(List.of("32")))
                .body("items[0].share", equalTo(50.0f))
                .body("totals[0].value", equalTo(4));
    }

    @Test
    void an_answer_without_these_parameters_has_no_others_totals_and_shares() {
        Receipt receipt = SchoolValueRequests.sendSchools("FSM", 1);

        SchoolValueRequests.getAfterReceipt(receipt, SCHOOLS + "?by=brand&hostCountry=FSM")
                .statusCode(200)
                .body("items", hasSize(1))
                .body("others", nullValue())
                .body("totals", nullValue())
                .body("items.share", everyItem(nullValue()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"top=3", "totals=true", "shares=true", "by=year&top=3", "by=year&shares=true"})
    void what_needs_parts_is_refused_where_nothing_is_split(String asked) {
        SchoolValueRequests.getAfterReceipt(SCHOOLS + "?" + asked)
                .statusCode(400)
                .body("errors[0].rule", equalTo("nothing-split"));
    }

    @ParameterizedTest
    @CsvSource({
        "top=0, integer",
        "top=1001, integer",
        "top=many, integer",
        "top=, integer",
        "top=1&top=2, repeated",
        "totals=yes, flag",
        "shares=1, flag",
        "shares=true&shares=true, repeated",
        "topp=1, unknown-parameter",
    })
    void what_is_not_understood_is_refused(String asked, String rule) {
        SchoolValueRequests.getAfterReceipt(SCHOOLS + "?by=brand&" + asked)
                .statusCode(400)
                .body("errors[0].rule", equalTo(rule));
    }
}
