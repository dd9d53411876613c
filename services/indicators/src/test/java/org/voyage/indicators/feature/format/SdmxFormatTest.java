package org.voyage.indicators.feature.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voyage.indicators.query.FigureResponses.NoteAnswer;

/** Test of the SDMX formats against the field guides of SDMX-CSV 2.0 and SDMX-JSON 2.0. */
class SdmxFormatTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ID = "[A-Za-z0-9_@$-]+";
    private static final String COMPONENT = "[A-Za-z][A-Za-z0-9_-]*";

    @Test
    void a_row_of_csv_is_an_observation_of_a_dataflow() {
        assertThat(new String(SdmxCsvFormat.writeReport(SampleReports.schoolsReport()), StandardCharsets.UTF_8))
                .isEqualTo("""
                        STRUCTURE,STRUCTURE_ID,ACTION,BRAND,HOST_COUNTRY,FILTER,TIME_PERIOD,OBS_VALUE,OBS_SHARE,OBS_STATUS,UNIT_MEASURE
                        dataflow,VOYAGE:OVERSEAS_SCHOOLS(2.0.0),I,luban-workshop,THA,brand=luban-workshop,2022,4,66.67,A,schools
                        dataflow,VOYAGE:OVERSEAS_SCHOOLS(2.0.0),I,luban-workshop,_O,brand=luban-workshop,2022,2,33.33,A,schools
                        dataflow,VOYAGE:OVERSEAS_SCHOOLS(2.0.0),I,luban-workshop,_T,brand=luban-workshop,2022,6,,A,schools
                        """.replace("\n", "\r\n"));
    }

    @Test
    void json_has_what_a_message_must_have() throws IOException {
        JsonNode message = writeJson(SampleReports.schoolsReport());

        assertThat(message.at("/meta/id").asText()).matches(ID);
        assertThat(message.at("/meta/prepared").asText()).isEqualTo(SampleReports.TIME.toString());
        assertThat(message.at("/meta/sender/id").asText()).isEqualTo("VOYAGE");
        JsonNode structure = message.at("/data/structures/0");
        assertThat(structure.at("/links/0/urn").asText())
                .isEqualTo("urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=VOYAGE:OVERSEAS_SCHOOLS(2.0.0)");
        assertThat(structure.at("/links/0/rel").asText()).isEqualTo("dataflow");
        assertThat(structure.at("/annotations/0/title").asText()).isEqualTo("overseas.overseas-school:0@17");
        int position = 0;
        for (JsonNode dimension : structure.at("/dimensions/observation")) {
            assertThat(dimension.path("id").asText()).matches(COMPONENT);
            assertThat(dimension.path("keyPosition").asInt()).isEqualTo(position++);
            assertThat(dimension.path("values")).isNotEmpty().allSatisfy(value -> {
                if (!value.has("value")) {
                    assertThat(value.path("id").asText()).matches(ID);
                    assertThat(value.path("name").isTextual()).isTrue();
                }
            });
        }
        assertThat(structure.at("/dimensions/observation/2/id").asText()).isEqualTo("FILTER");
        assertThat(structure.at("/dimensions/observation/2/values/0/value").asText())
                .isEqualTo("brand=luban-workshop");
        assertThat(structure.at("/dimensions/observation/3/id").asText()).isEqualTo("TIME_PERIOD");
        JsonNode unit = structure.at("/attributes/dataSet/0");
        assertThat(unit.path("id").asText()).isEqualTo("UNIT_MEASURE");
        assertThat(unit.path("relationship").has("dataflow")).isTrue();
    }

    @Test
    void an_observation_of_json_is_found_by_the_places_of_its_codes() throws IOException {
        JsonNode message = writeJson(SampleReports.schoolsReport());
        JsonNode set = message.at("/data/dataSets/0");

        assertThat(set.path("structure").asInt()).isZero();
        assertThat(set.path("links")).isNotEmpty();
        assertThat(set.path("attributes").toString()).isEqualTo("[0]");
        assertThat(set.path("observations").toString())
                .isEqualTo("{\"0:0:0:0\":[4,66.67,0],\"0:1:0:0\":[2,33.33,0],\"0:2:0:0\":[6,null,0]}");
        assertThat(message.at("/data/structures/0/dimensions/observation/1/values/0/names/zh")
                        .asText())
                .isEqualTo("泰国");
        assertThat(message.at("/data/structures/0/measures/observation/1/id").asText())
                .isEqualTo("OBS_SHARE");
    }

    @Test
    void what_is_suppressed_has_the_codes_of_sdmx_for_it() throws IOException {
        JsonNode message = writeJson(SampleReports.releasedReport());

        assertThat(new String(SdmxCsvFormat.writeReport(SampleReports.releasedReport()), StandardCharsets.UTF_8))
                .contains(",OBS_VALUE,OBS_SHARE,OBS_STATUS,CONF_STATUS,UNIT_MEASURE")
                .contains(",THA,brand=luban-workshop,2022,,,Q,C,schools")
                .contains(",_T,brand=luban-workshop,2022,12,,A,F,schools");
        assertThat(message.at("/data/dataSets/0/observations").toString())
                .isEqualTo("{\"0:0:0:0\":[null,null,1,1],\"0:1:0:0\":[12,null,0,0]}");
        assertThat(message.at("/data/structures/0/attributes/observation/0/values/1/id")
                        .asText())
                .isEqualTo("Q");
        assertThat(message.at("/data/structures/0/annotations/0/title").asText())
                .isEqualTo("7");
    }

    /** An index in a data set refers to the annotations of its own structure. */
    @Test
    void notes_on_the_values_are_annotations_of_their_data_set() throws IOException {
        ReportTable table = SampleReports.schoolsTable(SampleReports.valueLine("2022", "THA", "4", null));

        JsonNode data = writeJson(SampleReports.reportOf(
                        table,
                        SampleReports.withNotes(
                                table,
                                new NoteAnswer("list-empty", "名单没有成员。", "Nobody is on the list."),
                                new NoteAnswer("stale-records", "有记录无法读取。", "Some could not be read."))))
                .path("data");

        assertThat(data.at("/dataSets/0/annotations").toString()).isEqualTo("[0]");
        assertThat(data.at("/dataSets/1/annotations").toString()).isEqualTo("[0,1,2]");
        assertThat(data.at("/structures/0/annotations")).hasSize(1);
        assertThat(data.at("/structures/1/annotations")).hasSize(3);
        assertThat(data.at("/structures/1/annotations/1")).isEqualTo(JSON.readTree("""
                {"value":"list-empty","id":"NOTE_LIST_EMPTY","type":"note","title":"Nobody is on the list.",\
                "text":"Nobody is on the list.","texts":{"en":"Nobody is on the list.","zh":"名单没有成员。"}}"""));
    }

    @Test
    void a_round_number_is_written_as_it_is() {
        ValuesReport report = SampleReports.reportOf(
                SampleReports.schoolsTable(SampleReports.valueLine("2022", "THA", "1000", "100.00")));

        assertThat(new String(new SdmxJsonFormat(JSON).writeReport(report), StandardCharsets.UTF_8))
                .contains("\"0:0:0:0\":[1000,100.00,0]");
    }

    @Test
    void an_answer_without_lines_still_says_what_it_is_about() throws IOException {
        JsonNode dimensions = writeJson(SampleReports.reportOf(SampleReports.schoolsTable()))
                .at("/data/structures/0/dimensions/observation");

        assertThat(dimensions.findValuesAsText("id"))
                .containsSubsequence("BRAND", "FILTER", "TIME_PERIOD")
                .doesNotContain("HOST_COUNTRY");
        assertThat(dimensions)
                .allSatisfy(dimension -> assertThat(dimension.path("values")).isNotEmpty());
    }

    @Test
    void several_figures_are_several_data_sets() throws IOException {
        ReportTable table = SampleReports.schoolsTable(SampleReports.valueLine("2022", "THA", "4", null));

        JsonNode data = writeJson(SampleReports.reportOf(table, table)).path("data");

        assertThat(data.at("/dataSets/1/structure").asInt()).isEqualTo(1);
        assertThat(data.at("/structures/1/dataSets/0").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "hostCountry, HOST_COUNTRY",
        "year, TIME_PERIOD",
        "list:belt-and-road@then, LIST_BELT_AND_ROAD_THEN",
        "subRegion, SUB_REGION",
    })
    void components_are_called_as_sdmx_calls_things(String name, String id) {
        assertThat(SdmxIds.toComponentId(name)).isEqualTo(id).matches(COMPONENT);
    }

    @ParameterizedTest
    @CsvSource({
        "luban-workshop, luban-workshop",
        "4112000001, 4112000001",
        "=1+1, $003D1$002B1",
        "-1, $002D1",
        "@x, $0040x",
        "a b, a$0020b",
        "中文, $4E2D$6587",
    })
    void a_code_that_no_id_may_be_is_written_out(String code, String id) {
        assertThat(SdmxIds.toCodeId(code)).isEqualTo(id).matches(ID);
    }

    @ParameterizedTest
    @CsvSource({"2021, 2021", "2021-08, 2021-08", "2012..2023, 2012-01-01/P12Y", "2022..2022, 2022-01-01/P1Y"})
    void a_period_is_one_of_sdmx(String period, String sdmx) {
        assertThat(SdmxIds.toTimePeriod(period)).isEqualTo(sdmx);
    }

    private static JsonNode writeJson(ValuesReport report) throws IOException {
        return JSON.readTree(new SdmxJsonFormat(JSON).writeReport(report));
    }
}
