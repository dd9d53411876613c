package org.voyage.indicators.feature.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voyage.indicators.TestEventLog;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kit.sheet.XlsxFile;
import org.voyage.kit.sheet.XlsxRows;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestTokens;

/**
 * Test of derived values. It uses the years 1971 to 1973: one of three students of 1971 is from Asia, none of 1972.
 */
@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "indicators"))
class DerivedValuesIT {

    private static final String ENROLMENT = "mobility.inbound-enrolment";
    private static final String SHARE = "/v1/indicators/inbound-students-share/values?";
    private static final String ASIA_BY_YEAR = SHARE + "by=year&period=1971..1973&region=asia";
    private static final String BY_REGION = SHARE + "by=year,region&period=1971..1972";
    private static final String BOTH = "/v1/values?figure=inbound-students,inbound-students-share&period=1971";

    private static Receipt studentsReceipt = Receipt.EMPTY;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @BeforeAll
    static void createTopics() throws Exception {
        TestEventLog.createTopics(List.of(ENROLMENT));
    }

    @BeforeEach
    void sendStudents() {
        TestEventLog.awaitReady();
        if (studentsReceipt.isEmpty()) {
            studentsReceipt = sendEnrolment("12", "THA", "1971-03-01", "1972-06-30")
                    .plus(sendEnrolment("12", "KEN", "1971-03-01", "1972-06-30"))
                    .plus(sendEnrolment("32", "KEN", "1971-03-01", "1973-06-30"));
        }
    }

    @Test
    void csv_has_decimals_and_nothing_where_there_is_no_value() {
        String csv = getText(ASIA_BY_YEAR + "&format=csv");

        String figure = "inbound-students-share,来华留学生占比,Share of inbound students,";
        assertThat(SchoolValueRequests.withoutCoverage(csv))
                .containsExactly(
                        "figure,figureZh,figureEn,year,kind,value,status,unit,filters",
                        figure + "1971,value,33.33,,percent,region=asia",
                        figure + "1972,value,0,,percent,region=asia",
                        figure + "1973,value,,,percent,region=asia");
    }

    @Test
    void a_spreadsheet_has_decimals_as_numbers() throws IOException {
        Path file = folder.resolve("share.xlsx");

        Files.write(
                file,
                SchoolValueRequests.getAfterReceipt(studentsReceipt, ASIA_BY_YEAR + "&format=xlsx")
                        .statusCode(200)
                        .extract()
                        .asByteArray());

        List<String> texts = new ArrayList<>();
        try (XlsxFile sheets = XlsxFile.open(file);
                XlsxRows rows = sheets.openRows(sheets.sheets().getFirst(), 10_000)) {
            for (var row = rows.nextRow(); row != null; row = rows.nextRow()) {
                texts.add(String.join(" ", row.texts()).strip());
            }
        }
        assertThat(texts).endsWith("1971 33.33", "1972 0", "1973");
    }

    @Test
    void sdmx_has_decimals_and_nothing_where_there_is_no_value() throws IOException {
        String csv = getText(ASIA_BY_YEAR + "&format=sdmx-csv");
        String json = getText(ASIA_BY_YEAR + "&format=sdmx-json");

        String share = "dataflow,VOYAGE:INBOUND_STUDENTS_SHARE(1.0.0),I,asia,region=asia,";
        assertThat(SchoolValueRequests.withoutCoverage(csv))
                .containsExactly(
                        "STRUCTURE,STRUCTURE_ID,ACTION,REGION,FILTER,TIME_PERIOD,OBS_VALUE,OBS_STATUS,UNIT_MEASURE",
                        share + "1971,33.33,A,percent",
                        share + "1972,0,A,percent",
                        share + "1973,,A,percent");
        assertThat(new ObjectMapper()
                        .readTree(json)
                        .at("/data/dataSets/0/observations")
                        .toString())
                .isEqualTo("{\"0:0:0\":[33.33,0],\"0:0:1\":[0,0],\"0:0:2\":[null,0]}");
    }

    @Test
    void a_total_is_derived_again_and_values_that_do_not_add_up_are_not_summed() {
        JsonPath answer = SchoolValueRequests.getAfterReceipt(studentsReceipt, BY_REGION + "&totals=true&top=1")
                .statusCode(200)
                .body("others", nullValue())
                .body("notes[0].code", equalTo("others-do-not-add-up"))
                .body("notes[0].en", containsString("derived"))
                .extract()
                .jsonPath();

        assertThat(answer.getList("items.region")).containsExactly("africa", "africa");
        assertThat(answer.getList("items.value")).containsExactly(66.67f, 100);
        assertThat(answer.getList("totals.value")).containsExactly(100, 100);
        SchoolValueRequests.getAfterReceipt(BY_REGION + "&shares=true")
                .statusCode(400)
                .body("errors[0].rule", equalTo("shares-do-not-add-up"))
                .body("detail", containsString("derived"))
                .body("detailZh", containsString("派生"));
    }

    @Test
    void counted_and_derived_figures_are_answered_together() {
        JsonPath answer = SchoolValueRequests.getAfterReceipt(studentsReceipt, BOTH + "&region=asia")
                .extract()
                .jsonPath();

        assertThat(answer.getList("items.items.value.flatten()")).containsExactly(1, 33.33f);
        assertThat(answer.getList("items[1].components.value")).containsExactly(1, 3);
        assertThat(answer.<String, Object>getMap("position.topics")).containsOnlyKeys(ENROLMENT);
        SchoolValueRequests.getAfterReceipt(BOTH + "&asOf=1999-12-31T00:00:00Z")
                .body("items[1].items[0].value", nullValue());
    }

    @Test
    void a_derived_figure_has_a_tag_too() {
        String tag = SchoolValueRequests.getAfterReceipt(studentsReceipt, ASIA_BY_YEAR)
                .extract()
                .header("ETag");

        SchoolValueRequests.getAfterReceipt(ASIA_BY_YEAR, "If-None-Match", tag).statusCode(304);
    }

    @Test
    void a_bureau_reads_several_figures_of_its_own_colleges_only() {
        SchoolValueRequests.getAfterReceipt(studentsReceipt, BOTH + "&by=college")
                .body("items[0].items.college", equalTo(List.of("4112000001", "4132000001")));

        SchoolValueRequests.getWithToken(TestTokens.bureauToken("12"), BOTH + "&by=college&totals=true")
                .statusCode(200)
                .body("filters.province", equalTo("12"))
                .body("items[0].items.college", equalTo(List.of("4112000001")))
                .body("items[0].totals.value", equalTo(List.of(2)))
                .body("items[1].items.college", equalTo(List.of("4112000001")));
    }

    private static String getText(String path) {
        return SchoolValueRequests.getAfterReceipt(studentsReceipt, path)
                .statusCode(200)
                .extract()
                .asString();
    }

    private static Receipt sendEnrolment(String province, String nationality, String from, String until) {
        return TestEventLog.sendChange(
                ENROLMENT, province + "/V-" + UUID.randomUUID(), 1, """
                {"nationality":"%s","college":"41%s000001","level":"higher-vocational","category":"degree",\
                "major":"460301","chineseWithSkills":false,"funding":"self","assessed":true,"startedOn":"%s",\
                "endedOn":"%s","outcome":"graduated"}""".formatted(nationality, province, from, until));
    }
}
