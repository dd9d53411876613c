package org.voyage.mobility.enrolment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.voyage.kittest.RecordApiClient.bureau;
import static org.voyage.kittest.RecordApiClient.newSourceId;
import static org.voyage.kittest.RecordApiClient.put;
import static org.voyage.kittest.RecordApiClient.sendFile;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.RecordConventions;
import org.voyage.kittest.RecordSample;
import org.voyage.mobility.MobilityRecord;

@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class InboundEnrolmentIT extends RecordConventions {

    private static final String BODY = MobilityRecord.INBOUND_ENROLMENT.body();

    private final String path = "/v1/inbound-enrolments/21/" + newSourceId("E");

    @Override
    protected RecordSample sample() {
        return MobilityRecord.INBOUND_ENROLMENT.sample(
                "nationality,college,level,category,major,chineseWithSkills,funding,chineseLevel,assessed,startedOn,outcome",
                "THA,4112012345,higher-vocational,degree,460301,true,chinese-government,3,true,2020-02-29,enrolled");
    }

    private void assertRefused(String body, String rule) {
        put(path, body).then().statusCode(422).body("errors.rule", hasItem(rule));
    }

    @Test
    void a_degree_student_has_a_major_and_a_short_term_one_need_not() {
        String without = BODY.replace("\"major\":\"460301\",", "");
        assertRefused(without, "major-of-degree");
        put(path, without.replace("\"degree\"", "\"short-term\"")).then().statusCode(201);
    }

    @Test
    void an_end_is_given_exactly_when_the_student_is_no_longer_enrolled() {
        assertRefused(BODY.replace("\"enrolled\"", "\"graduated\""), "ended-on-when-not-enrolled");
        assertRefused(
                BODY.replace("\"enrolled\"", "\"enrolled\",\"endedOn\":\"2023-07-01\""), "ended-on-when-not-enrolled");
        assertRefused(BODY.replace("\"enrolled\"", "\"graduated\",\"endedOn\":\"2020-02-28\""), "end-before-start");
        put(path, BODY.replace("\"enrolled\"", "\"graduated\",\"endedOn\":\"2023-07-01\""))
                .then()
                .statusCode(201);
    }

    @Test
    void a_level_that_the_hsk_does_not_have_is_refused_by_a_rule_that_says_so() {
        assertRefused(BODY.replace("\"chineseLevel\":3", "\"chineseLevel\":7"), "hsk-level");
        assertRefused(BODY.replace("\"chineseLevel\":3", "\"chineseLevel\":-1"), "hsk-level");
        bureau("21")
                .get("/v1/rules/hsk-level")
                .then()
                .statusCode(200)
                .body("holds.en", containsString("0 to 6"))
                .body("holds.zh", containsString("HSK"));
    }

    @Test
    void mistakes_in_a_file_with_names_are_distinguished_though_their_values_are_hidden() {
        String rest = ",4121012345,higher-vocational,degree,460301,是,chinese-government,3,是,2020-02-29,enrolled";
        StringBuilder rows = new StringBuilder("记录编号,姓名,国籍,院校代码,办学层次,学生类别,专业代码,中文+职业技能,经费来源,入学汉语水平,入学前评估,入学日期,学习结果\n");
        for (String nationality : List.of("UK", "中国", "中国", "中国", "中国", "中国", "Thailnd", "Rusia", "Veit Nam")) {
            rows.append(newSourceId("N"))
                    .append(",张伟,")
                    .append(nationality)
                    .append(rest)
                    .append('\n');
        }

        Response answer = sendFile("21", "/v1/inbound-enrolments/batches?dryRun=true", "text/csv", rows.toString());

        answer.then()
                .statusCode(200)
                .body("errors.rows", equalTo(List.of(5, 1, 1, 1, 1)))
                .body("errors.firstLine", equalTo(List.of(3, 2, 8, 9, 10)));
        assertThat(answer.<List<String>>path("errors.detail"))
                .satisfiesExactly(
                        home -> assertThat(home).contains("not allowed here").doesNotContain("Did you mean"),
                        abbreviated -> assertThat(abbreviated).contains("(GBR)?"),
                        thailand -> assertThat(thailand).contains("(THA)?"),
                        russia -> assertThat(russia).contains("(RUS)?"),
                        vietnam -> assertThat(vietnam).contains("(VNM)?"));
        assertThat(answer.asString()).doesNotContain("张伟", "Thailnd", "Rusia", "Veit Nam");
    }

    @Test
    void a_spreadsheets_chinese_headings_and_names_are_read() {
        String id = newSourceId("X");
        String rows = "记录编号,国籍,院校代码,办学层次,学生类别,专业代码,中文+职业技能,经费来源,入学汉语水平,入学前评估,入学日期,离校日期,学习结果\n" + id
                + ",泰国,4121012345,高职专科,学历生,460301,是,中国政府奖学金,3,否,2020/2/29,,在读\n";
        sendFile("21", "/v1/inbound-enrolments/batches", "text/csv", rows)
                .then()
                .statusCode(200)
                .body("counts.created", equalTo(1));
        bureau("21")
                .get("/v1/inbound-enrolments/21/" + id)
                .then()
                .body("fields.nationality", equalTo("THA"))
                .body("fields.startedOn", equalTo("2020-02-29"))
                .body("fields.assessed", equalTo(false));
    }

    /** A synchronisation finds the rows that it has to send again by their keys. */
    @Test
    void refused_rows_of_ndjson_have_their_keys_unless_a_key_may_be_a_person() {
        String sound = newSourceId("N");
        String person = "\"name\":\"KUAKA ZEFILIN\",\"passportNumber\":\"XQ7719345\"";
        String row = "{\"sourceId\":\"%s\",\"nationality\":\"XXX\",\"college\":\"41\",\"level\":\"level 9\",%s}\n";
        String rows = row.formatted(sound + "-1", "\"assessed\":true")
                + row.formatted(sound + "-2", person)
                + row.formatted("XQ7719345-2", person)
                + row.formatted("1999-11-23", person);
        Response answer = sendFile("21", "/v1/inbound-enrolments/batches", "application/x-ndjson", rows);
        answer.then().body("counts.refused", equalTo(4)).body(not(containsString("KUAKA")));
        List<String> lines = bureau("21")
                .get("/v1/batches/" + answer.path("id") + "/rows?outcome=refused")
                .asString()
                .lines()
                .toList();
        assertThat(lines)
                .satisfiesExactly(
                        line -> assertThat(line).contains("\"sourceId\":\"" + sound + "-1\"", "\\\"level 9\\\""),
                        line -> assertThat(line)
                                .contains("\"sourceId\":\"" + sound + "-2\"", "\\\"***\\\"")
                                .doesNotContain("\\\"level 9\\\""),
                        line -> assertThat(line).doesNotContain("\"sourceId\":", "XQ7719345"),
                        line -> assertThat(line).doesNotContain("\"sourceId\":", "1999-11-23"));
    }

    @Test
    void wrong_values_are_shown_in_a_file_without_persons_and_hidden_in_one_with_persons() {
        String heading =
                "sourceId,nationality,college,level,category,major,chineseWithSkills,funding,chineseLevel,assessed,startedOn,outcome";
        String row = newSourceId("F")
                + ",THA,4121012345,硕士,degree,460301,true,chinese-government,3,true,2020-02-29,enrolled";
        String told = uploadAndReturn(heading + "\n" + row + "\n", "硕士");
        assertThat(told).contains("硕士").doesNotContain("***");
        String hidden = uploadAndReturn(heading + ",name\n" + row + ",孙悟空\n", null);
        assertThat(hidden).contains("***").doesNotContain(",硕士,").doesNotContain("孙悟空");
    }

    /**
     * Uploads a file.
     *
     * @return the refused rows as a file
     */
    private static String uploadAndReturn(String file, @Nullable String value) {
        Response answer = sendFile("21", "/v1/inbound-enrolments/batches", "text/csv", file);
        answer.then()
                .statusCode(200)
                .body("counts.refused", equalTo(1))
                .body("errors[0].rule", equalTo("level-unknown"))
                .body("errors[0].value", value == null ? not(equalTo("硕士")) : equalTo(value));
        return bureau("21").get("/v1/batches/" + answer.path("id") + "/refused").asString();
    }
}
