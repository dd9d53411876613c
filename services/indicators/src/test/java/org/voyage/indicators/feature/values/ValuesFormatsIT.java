package org.voyage.indicators.feature.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.voyage.indicators.RunningServiceTest;
import org.voyage.indicators.feature.format.ReportFormat;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kit.sheet.XlsxFile;
import org.voyage.kit.sheet.XlsxRows;
import org.voyage.kittest.RealBackends;

@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "indicators"))
class ValuesFormatsIT implements RunningServiceTest {

    private static final String SCHOOLS = "/v1/indicators/overseas-schools/values";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @ParameterizedTest
    @EnumSource(ReportFormat.class)
    void every_format_is_given_by_its_media_type_and_by_its_name(ReportFormat format) {
        String question = SCHOOLS + "?by=year,brand&hostCountry=SLB";
        byte[] byType = SchoolValueRequests.getAfterReceipt(question, "Accept", format.type())
                .statusCode(200)
                .header(
                        "Content-Type",
                        startsWith(format.type().substring(0, format.type().indexOf('/'))))
                .header("Voyage-Position", matchesPattern("([a-z.-]+:\\d+@\\d+(;\\d+@\\d+)*(, )?)*"))
                .header("Voyage-Time", matchesPattern("\\d{4}-\\d\\d-\\d\\dT.*Z"))
                .extract()
                .asByteArray();

        byte[] byName = SchoolValueRequests.getAfterReceipt(
                        question + "&format=" + format.code(), "Accept", "text/html")
                .statusCode(200)
                .contentType(containsString(format.type().replaceAll(";.*", "")))
                .extract()
                .asByteArray();

        assertThat(byName).isEqualTo(byType).isNotEmpty();
    }

    /** The list of Double High Plan colleges is empty here, and a table of zeros alone does not show that. */
    @ParameterizedTest
    @EnumSource(ReportFormat.class)
    void notes_on_the_values_are_returned_in_each_format(ReportFormat format) {
        String question = "/v1/indicators/inbound-students/values?period=2023&format=" + format.code();

        SchoolValueRequests.getAfterReceipt(question + "&list=double-high@then")
                .statusCode(200)
                .header("Voyage-Notes", containsString("list-empty"))
                .header("Voyage-Definitions", equalTo("inbound-students@2"));
        SchoolValueRequests.getAfterReceipt(question)
                .statusCode(200)
                .header("Voyage-Notes", not(containsString("list-empty")));
    }

    @Test
    void csv_has_a_line_for_each_value() {
        Receipt receipt = SchoolValueRequests.sendSchools("CXR", 2);

        String csv = SchoolValueRequests.getAfterReceipt(
                        receipt, SCHOOLS + "?by=hostCountry&period=2021&hostCountry=CXR", "Accept", "text/csv")
                .statusCode(200)
                .header("Content-Type", equalTo("text/csv;charset=UTF-8;header=present"))
                .header("Content-Disposition", equalTo("attachment; filename=\"overseas-schools.csv\""))
                .extract()
                .asString();

        assertThat(SchoolValueRequests.withoutCoverage(csv))
                .containsExactly(
                        "figure,figureZh,figureEn,period,kind,hostCountry,hostCountryZh,hostCountryEn,value,status,unit,filters",
                        "overseas-schools,境外办学机构数,Overseas schools,2021,value,CXR,圣诞岛,Christmas Island,2,,schools,hostCountry=CXR");
    }

    @Test
    void sdmx_csv_has_a_row_for_each_observation() {
        Receipt receipt = SchoolValueRequests.sendSchools("DMA", 1);

        String csv = SchoolValueRequests.getAfterReceipt(
                        receipt,
                        SCHOOLS + "?by=year,list:belt-and-road@now&period=2020..2021&hostCountry=DMA",
                        "Accept",
                        "application/vnd.sdmx.data+csv;version=2.0.0")
                .statusCode(200)
                .header("Content-Type", equalTo("application/vnd.sdmx.data+csv;version=2.0.0"))
                .extract()
                .asString();

        assertThat(SchoolValueRequests.withoutCoverage(csv))
                .containsExactly(
                        "STRUCTURE,STRUCTURE_ID,ACTION,HOST_COUNTRY,LIST_BELT_AND_ROAD_NOW,FILTER,TIME_PERIOD,OBS_VALUE,OBS_STATUS,UNIT_MEASURE",
                        "dataflow,VOYAGE:OVERSEAS_SCHOOLS(1.0.0),I,DMA,member,hostCountry=DMA,2020,1,A,schools",
                        "dataflow,VOYAGE:OVERSEAS_SCHOOLS(1.0.0),I,DMA,member,hostCountry=DMA,2021,1,A,schools");
    }

    /** A client that loads the answers to all these queries has each value under its own key. */
    @Test
    void answers_to_different_questions_are_different_observations_in_sdmx() throws IOException {
        Set<String> keys = new HashSet<>();
        Set<List<String>> dimensions = new HashSet<>();
        for (String asked : List.of("", "&hostCountry=THA,LAO", "&hostCountry=THA,KEN", "&list=asean@now")) {
            String question = SCHOOLS + "?by=year&period=2021..2021" + asked + "&format=sdmx-";
            String row = SchoolValueRequests.withoutCoverage(SchoolValueRequests.getAfterReceipt(question + "csv")
                            .statusCode(200)
                            .extract()
                            .asString())
                    .getLast();
            keys.add(row.substring(0, row.indexOf(",2021,")));
            JsonNode structure = new ObjectMapper()
                    .readTree(SchoolValueRequests.getAfterReceipt(question + "json")
                            .statusCode(200)
                            .extract()
                            .asByteArray())
                    .at("/data/structures/0/dimensions/observation");
            assertThat(structure.findValuesAsText("id")).startsWith("FILTER").contains("TIME_PERIOD");
            dimensions.add(structure.findValuesAsText("value"));
        }
        String swapped = SchoolValueRequests.getAfterReceipt(
                        SCHOOLS + "?by=year&period=2021..2021&hostCountry=LAO,THA&format=sdmx-csv")
                .extract()
                .asString();

        assertThat(keys).hasSize(4).anyMatch(key -> key.endsWith(",_Z"));
        assertThat(dimensions).hasSize(4).contains(List.of("_Z"));
        assertThat(swapped).contains("\"hostCountry=LAO,THA\",2021");
        assertThat(keys).anyMatch(key -> key.endsWith("\"hostCountry=LAO,THA\""));
    }

    @Test
    void sdmx_json_has_the_values_of_json() throws IOException {
        Receipt receipt = SchoolValueRequests.sendSchools("ASM", 2).plus(SchoolValueRequests.sendSchools("MTQ", 1));

        JsonNode data = new ObjectMapper()
                .readTree(SchoolValueRequests.getAfterReceipt(
                                receipt, SCHOOLS + "?by=hostCountry&period=2021&hostCountry=ASM,MTQ&format=sdmx-json")
                        .statusCode(200)
                        .extract()
                        .asByteArray())
                .path("data");

        assertThat(data.at("/dataSets/0/observations").toString()).isEqualTo("{\"0:0:0\":[2,0],\"1:0:0\":[1,0]}");
        assertThat(data.at("/structures/0/dimensions/observation/0/values/1/id").asText())
                .isEqualTo("MTQ");
    }

    @Test
    void sdmx_json_has_the_notes_of_json_in_both_languages() {
        String question = "/v1/indicators/inbound-students/values?period=2023&list=double-high@then";
        String note = "notes.find { it.code == 'list-empty' }.";
        JsonPath json = SchoolValueRequests.getAfterReceipt(question)
                .statusCode(200)
                .extract()
                .jsonPath();

        String annotation = "data.structures[0].annotations.find { it.id == 'NOTE_LIST_EMPTY' }.";
        SchoolValueRequests.getAfterReceipt(question + "&format=sdmx-json")
                .statusCode(200)
                .body(annotation + "value", equalTo("list-empty"))
                .body(annotation + "texts.en", equalTo(json.getString(note + "en")))
                .body(annotation + "texts.zh", equalTo(json.getString(note + "zh")));
    }

    @Test
    void a_spreadsheet_can_be_read_as_one() throws IOException {
        Receipt receipt = SchoolValueRequests.sendSchools("GLP", 2);
        Path file = folder.resolve("schools.xlsx");

        Files.write(
                file,
                SchoolValueRequests.getAfterReceipt(
                                receipt, SCHOOLS + "?by=hostCountry&period=2021&hostCountry=GLP&format=xlsx")
                        .statusCode(200)
                        .extract()
                        .asByteArray());

        try (XlsxFile sheets = XlsxFile.open(file)) {
            List<String> texts = new ArrayList<>();
            try (XlsxRows rows = sheets.openRows(sheets.sheets().getFirst(), 10_000)) {
                for (var row = rows.nextRow(); row != null; row = rows.nextRow()) {
                    texts.add(String.join(" ", row.texts()));
                }
            }
            assertThat(sheets.sheets().getFirst().name()).isEqualTo("境外办学机构数");
            assertThat(texts.getLast()).contains("GLP", "瓜德罗普", "2");
        }
    }

    /** Readers by name lose one of two columns of one name. No record is about 1900, so each answer is small. */
    @Test
    void no_two_columns_of_a_table_have_one_name_whatever_splits_it() throws IOException {
        JsonPath figures = SchoolValueRequests.getAfterReceipt("/v1/indicators")
                .statusCode(200)
                .extract()
                .jsonPath();
        for (int i = 0; i < figures.getList("items").size(); i++) {
            String figure = "items[" + i + "].";
            boolean growth = "growth".equals(figures.getString(figure + "derived.kind"));
            String question = "/v1/indicators/" + figures.getString(figure + "code") + "/values?period="
                    + (growth ? "1900..1901" : "1900") + "&by="
                    + String.join(",", figures.<String>getList(figure + "dimensions")) + "&format=";
            for (String format : List.of("csv", "sdmx-csv")) {
                String header = SchoolValueRequests.splitLines(getText(question + format))
                        .getFirst();
                assertThat(header.split(",", -1)).as(question + format).doesNotHaveDuplicates();
            }
            Path file = folder.resolve("columns.xlsx");
            Files.write(
                    file,
                    SchoolValueRequests.getAfterReceipt(question + "xlsx")
                            .statusCode(200)
                            .extract()
                            .asByteArray());
            assertThat(readHeadings(file)).as(question + "xlsx").doesNotHaveDuplicates();
            assertThat(SchoolValueRequests.getAfterReceipt(question + "sdmx-json")
                            .statusCode(200)
                            .extract()
                            .jsonPath()
                            .getList("data.structures[0].dimensions.observation.id"))
                    .as(question + "sdmx-json")
                    .doesNotHaveDuplicates();
        }
        assertThat(getText(SCHOOLS + "?period=1900&by=status&format=csv"))
                .contains(",kind,statusCode,statusZh,statusEn,value,status,");
        assertThat(getText("/v1/indicators/standards-adopted/values?period=1900&by=kind&format=csv"))
                .contains(",kind,kindCode,kindZh,kindEn,value,status,");
    }

    private static String getText(String question) {
        return SchoolValueRequests.getAfterReceipt(question)
                .statusCode(200)
                .extract()
                .asString();
    }

    /** Returns the last row: the headings, for the sheet has no values. */
    private static List<String> readHeadings(Path file) throws IOException {
        List<String> last = List.of();
        try (XlsxFile sheets = XlsxFile.open(file);
                XlsxRows rows = sheets.openRows(sheets.sheets().getFirst(), 10_000)) {
            for (var row = rows.nextRow(); row != null; row = rows.nextRow()) {
                last = row.texts();
            }
        }
        return last;
    }

    @Test
    void what_is_not_offered_is_refused_with_what_is() {
        SchoolValueRequests.getAfterReceipt(SCHOOLS, "Accept", "application/xml")
                .statusCode(406)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:voyage:problem:not-acceptable"))
                .body("detail", containsString("application/vnd.sdmx.data+json;version=2.0.0"))
                .body("detailZh", containsString("text/csv"));
    }

    @ParameterizedTest
    @CsvSource({"format=exel, code-unknown", "format=, code-unknown", "format=csv&format=json, repeated"})
    void a_format_that_there_is_not_is_refused(String asked, String rule) {
        SchoolValueRequests.getAfterReceipt(SCHOOLS + "?" + asked)
                .statusCode(400)
                .body("errors[0].rule", equalTo(rule));
    }
}
