package org.voyage.indicators.feature.values;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Year;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voyage.indicators.RunningServiceTest;
import org.voyage.indicators.TestEventLog;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kit.sheet.XlsxFile;
import org.voyage.kit.sheet.XlsxRows;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestTokens;

@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "indicators"))
class MultiFigureValuesIT implements RunningServiceTest {

    private static final String SCHOOLS_AND_COUNTRIES = "/v1/values?figure=overseas-schools&figure=overseas-countries";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    /** Wide questions of one client raised the answers to others forty times. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "by=year&period=2010..2020|small",
                "by=province,brand&period=2020|small",
                "by=year,province,hostCountry&period=2010..2020|large",
                "by=year,province,hostCountry&period=2010..2020&format=csv|large"
            })
    void an_answer_that_may_be_wide_takes_one_of_the_few_places_of_its_client(String question, String cost) {
        given().auth()
                .oauth2(TestTokens.operatorToken())
                .get("/v1/indicators/overseas-schools/values?" + question)
                .then()
                .statusCode(200)
                .header("RateLimit-Policy", startsWith("\"" + cost + "\";q="));
    }

    @Test
    void several_figures_are_answered_together() {
        Receipt receipt = SchoolValueRequests.sendSchools("CYM", 2).plus(SchoolValueRequests.sendSchools("MSR", 1));

        JsonPath answer = SchoolValueRequests.getAfterReceipt(
                        receipt, SCHOOLS_AND_COUNTRIES + "&by=region&hostCountry=CYM,MSR&totals=true")
                .statusCode(200)
                .extract()
                .jsonPath();

        assertThat(answer.getList("items.indicator.code")).containsExactly("overseas-schools", "overseas-countries");
        assertThat(answer.getList("items.items.value.flatten()")).containsExactly(3, 2);
        assertThat(answer.getList("items.totals.value.flatten()")).containsExactly(3, 2);
        assertThat(answer.getString("filters.hostCountry")).isEqualTo("CYM,MSR");
        assertThat(answer.<String, Object>getMap("position.topics")).containsOnlyKeys("overseas.overseas-school");
    }

    @Test
    void what_has_nothing_in_any_year_is_answered_for_this_one() {
        int current = Year.now(ZoneId.of("Asia/Shanghai")).getValue();

        SchoolValueRequests.getAfterReceipt("/v1/indicators/overseas-schools/values?by=year,province&hostCountry=ALA")
                .statusCode(200)
                .body("items", hasSize(0))
                .body("period", equalTo(current + ".." + current));
    }

    /** Each training takes one day, so the numbers of people and person-days are always equal. */
    @Test
    void all_figures_of_one_answer_are_of_one_cut() throws Exception {
        String school = UUID.randomUUID().toString();
        SchoolValueRequests.getAfterReceipt(
                TestEventLog.sendChange(
                        TestEventLog.SCHOOL_TOPIC,
                        "12/" + school,
                        1,
                        TestEventLog.schoolJson("AIA", "other", "2020-01-01", null)),
                SCHOOLS_AND_COUNTRIES + "&hostCountry=AIA");
        long seen = 0;
        try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
            Future<?> writing = pool.submit(() -> {
                for (int i = 1; i <= 300; i++) {
                    TestEventLog.sendChange(
                            TestEventLog.TRAINING_TOPIC, "12/V-" + UUID.randomUUID(), 1, trainingJson(school, i));
                }
            });
            while (!writing.isDone()) {
                JsonPath answer = SchoolValueRequests.getAfterReceipt(
                                "/v1/values?figure=overseas-training-people,overseas-training-person-days&period=2021&hostCountry=AIA")
                        .statusCode(200)
                        .extract()
                        .jsonPath();
                List<Integer> values = answer.getList("items.items.value.flatten()");
                assertThat(values.get(0)).isEqualTo(values.get(1));
                // Nobody has reported before the first training.
                seen += values.get(0) != null && values.get(0) > 0 ? 1 : 0;
            }
            writing.get();
        }

        assertThat(seen).isGreaterThan(3);
    }

    /** The platform's list of colleges is empty. */
    @Test
    void each_figure_that_is_counted_by_a_list_without_members_has_a_note() throws IOException {
        String asked = "/v1/values?figure=inbound-students,inbound-nationalities&list=double-high@then,brics@now";

        SchoolValueRequests.getAfterReceipt(asked)
                .statusCode(200)
                .body("items.items.value.flatten()", everyItem(anyOf(nullValue(), equalTo(0))))
                .body("items.notes.code.flatten()", hasItems("list-empty", "list-empty"))
                .body("items[0].notes[0].en", startsWith("No members are known of: double-high@then. 0,"))
                .body("items[0].notes[0].zh", startsWith("以下名单没有任何成员：double-high@then。"));
        SchoolValueRequests.getAfterReceipt(asked.replace("double-high@then,", ""))
                .statusCode(200)
                .body("items.notes.flatten().findAll { it?.code == 'list-empty' }", hasSize(0));
        Path file = folder.resolve("empty.xlsx");
        Files.write(
                file,
                SchoolValueRequests.getAfterReceipt(asked + "&format=xlsx")
                        .extract()
                        .asByteArray());
        try (XlsxFile sheets = XlsxFile.open(file);
                XlsxRows rows = sheets.openRows(sheets.sheets().getFirst(), 10_000)) {
            List<String> texts = new ArrayList<>();
            for (var row = rows.nextRow(); row != null; row = rows.nextRow()) {
                texts.add(String.join(" ", row.texts()));
            }
            assertThat(texts).anyMatch(text -> text.contains("No members are known of: double-high@then"));
        }
    }

    @Test
    void csv_has_the_figures_one_after_the_other() {
        Receipt receipt = SchoolValueRequests.sendSchools("VGB", 2);

        String csv = SchoolValueRequests.getAfterReceipt(
                        receipt, SCHOOLS_AND_COUNTRIES + "&by=year&period=2021&hostCountry=VGB", "Accept", "text/csv")
                .statusCode(200)
                .header("Content-Disposition", containsString("figures.csv"))
                .extract()
                .asString();

        assertThat(SchoolValueRequests.withoutCoverage(csv))
                .containsExactly(
                        "figure,figureZh,figureEn,year,kind,value,status,unit,filters",
                        "overseas-schools,境外办学机构数,Overseas schools,2021,value,2,,schools,hostCountry=VGB",
                        "overseas-countries,境外办学所在国家数,Host countries of overseas schools,2021,value,1,,countries,hostCountry=VGB");
    }

    @Test
    void a_spreadsheet_has_a_sheet_for_each_figure() throws IOException {
        Path file = folder.resolve("figures.xlsx");

        Files.write(
                file,
                SchoolValueRequests.getAfterReceipt(SCHOOLS_AND_COUNTRIES + "&by=region&format=xlsx")
                        .statusCode(200)
                        .extract()
                        .asByteArray());

        try (XlsxFile sheets = XlsxFile.open(file)) {
            assertThat(sheets.sheets())
                    .extracting(XlsxFile.WorkbookSheet::name)
                    .containsExactly("境外办学机构数", "境外办学所在国家数");
        }
    }

    @Test
    void sdmx_has_a_dataflow_for_each_figure() {
        SchoolValueRequests.getAfterReceipt(SCHOOLS_AND_COUNTRIES + "&period=2021&format=sdmx-json")
                .statusCode(200)
                .body("data.structures.links.urn.flatten()", hasSize(2))
                .body("data.structures[1].links[0].urn", containsString("VOYAGE:OVERSEAS_COUNTRIES("))
                .body("data.dataSets.structure", equalTo(List.of(0, 1)));
    }

    @Test
    void figures_of_a_past_moment_are_answered_together_too() {
        SchoolValueRequests.getAfterReceipt(SCHOOLS_AND_COUNTRIES + "&asOf=1999-12-31T00:00:00Z")
                .statusCode(200)
                .body("items.items.value.flatten()", equalTo(Arrays.asList(null, null)))
                .body("position.time", equalTo("1999-12-31T00:00:00.000000Z"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "figure=overseas-schools,inbound-students&by=brand; dimension-unknown; inbound-students",
                "figure=inbound-students,overseas-schools&hostCountry=THA; unknown-parameter; inbound-students",
                "figure=overseas-schools,overseas-students&period=2021-08; years-only; overseas-students",
                "figure=overseas-schools,overseas-countries&by=brand&shares=true; shares-do-not-add-up; overseas-countries",
                "figure=overseas-schools&by=year&top=3; nothing-split; overseas-schools",
                "figure=overseas-schols; code-unknown; overseas-schools",
                "figure=overseas-schools,; code-unknown; figure",
                "figure=overseas-schools&figure=overseas-schools; repeated; overseas-schools",
                "by=year; figures; figures",
            })
    void a_question_that_makes_no_sense_is_refused_by_the_name_of_the_figure(String asked, String rule, String named) {
        SchoolValueRequests.getAfterReceipt("/v1/values?" + asked)
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors[0].rule", equalTo(rule))
                .body("detail", containsString(named))
                .body("detailZh", containsString(named.equals("figures") ? "figure" : named));
    }

    @Test
    void who_reads_no_figures_reads_not_several_either() {
        Receipt receipt = SchoolValueRequests.sendSchool("12", "BES", "other")
                .plus(SchoolValueRequests.sendSchool("32", "BES", "other"));

        SchoolValueRequests.getWithToken(TestTokens.allianceToken("WFCP"), SCHOOLS_AND_COUNTRIES)
                .statusCode(403);
        SchoolValueRequests.getWithToken("nonsense", SCHOOLS_AND_COUNTRIES).statusCode(401);
        SchoolValueRequests.getWithToken(TestTokens.bureauToken("12"), SCHOOLS_AND_COUNTRIES + "&province=32")
                .statusCode(404);
        SchoolValueRequests.getWithToken(TestTokens.bureauToken("12"), SCHOOLS_AND_COUNTRIES + "&province=12")
                .statusCode(200);
        SchoolValueRequests.getWithToken(TestTokens.auditorToken(), SCHOOLS_AND_COUNTRIES)
                .statusCode(200);
        SchoolValueRequests.getWithToken(
                        TestTokens.bureauToken("12"), SCHOOLS_AND_COUNTRIES + "&by=province&receipt=" + receipt.text())
                .statusCode(200)
                .body("items.items.province.flatten()", equalTo(List.of("12", "12")));
    }

    @Test
    void the_answer_has_a_tag_and_a_position_as_that_about_one_figure_has() {
        Receipt written = SchoolValueRequests.sendSchool("12", "AIA", "other");

        String tag = SchoolValueRequests.getAfterReceipt(written, SCHOOLS_AND_COUNTRIES)
                .statusCode(200)
                .header("Voyage-Position", startsWith("overseas.overseas-school:"))
                .extract()
                .header("ETag");

        SchoolValueRequests.getAfterReceipt(SCHOOLS_AND_COUNTRIES, "If-None-Match", tag)
                .statusCode(304);
    }

    private static String trainingJson(String school, int people) {
        return "{\"school\":\"%s\",\"enterprise\":\"企业\",\"people\":%d,\"days\":1,\"startedOn\":\"2021-03-01\"}"
                .formatted(school, people);
    }
}
