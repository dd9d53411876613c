package org.voyage.kit.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;
import org.voyage.kit.problem.RuleVerdict;
import org.voyage.kit.problem.StrictJson;

class FieldReaderTest {
    private enum TestBrand {
        LUBAN_WORKSHOP,
        SILK_ROAD_SCHOOL
    }

    private record TestPartner(String name, String country) {}

    private static final CodeSet<TestBrand> BRANDS = CodeSet.of("brand", TestBrand.class);
    private static final CodeSet<String> COUNTRIES = CodeSet.of("country", List.of("THA", "VNM", "EGY"));
    private static final TextFormat MAJOR = TextFormat.of("major", "[0-9]{6}", "six digits", "六位数字");

    private static FieldReader json(String json) {
        return FieldReader.of(StrictJson.parseObject(json.getBytes(StandardCharsets.UTF_8)));
    }

    private static FieldReader row(String... cells) {
        var row = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < cells.length; i += 2) {
            row.put(cells[i], cells[i + 1]);
        }
        return FieldReader.ofRow(row);
    }

    private static List<String> findingsOf(FieldReader in) {
        return in.collectFindings().stream()
                .map(it -> it.pointer() + " " + it.rule())
                .toList();
    }

    private static TestPartner partner(FieldReader in) {
        return new TestPartner(in.readText("name", 20), in.readCode("country", COUNTRIES));
    }

    private static List<TestPartner> partners(FieldReader in) {
        return in.readObjects("partners", List.of("name", "country"), 0, 5, FieldReaderTest::partner);
    }

    @Test
    void a_sound_object_is_read_as_it_is() {
        var in = json("""
                {"name":"天津鲁班工坊","brand":"luban-workshop","openedOn":"2024-02-29","students":12,"sgave":true,
                 "majors":["460303","510201"],"countries":["THA"],"partners":[{"name":"A","country":"VNM"}],"city":null}""");
        assertThat(in.readText("name", 20)).isEqualTo("天津鲁班工坊");
        assertThat(in.readCode("brand", BRANDS)).isEqualTo(TestBrand.LUBAN_WORKSHOP);
        assertThat(in.readDate("openedOn")).isEqualTo(LocalDate.of(2024, 2, 29));
        assertThat(in.readInteger("students", 0, 100)).isEqualTo(12);
        assertThat(in.readFlag("sgave", false)).isTrue();
        assertThat(in.readTexts("majors", MAJOR, 1, 3)).containsExactly("460303", "510201");
        assertThat(in.readCodes("countries", COUNTRIES, 1, 3)).containsExactly("THA");
        assertThat(partners(in)).containsExactly(new TestPartner("A", "VNM"));
        assertThat(in.readOptionalText("city", 20)).isNull();
        assertThat(in.readOptionalDate("closedOn")).isNull();
        in.requireNoFindings();
    }

    @Test
    void everything_that_is_wrong_is_said_at_once() {
        var in = json("""
                {"brand":"luban","openedOn":"2023-02-29","students":-1,"majors":["46030","46030"],
                 "partners":[{"name":"A","country":"THX"},7,{"nmae":"B","country":"THA"}],"nmae":"x"}""");
        in.readText("name", 20);
        in.readCode("brand", BRANDS);
        in.readDate("openedOn");
        in.readInteger("students", 0, 100);
        in.readTexts("majors", MAJOR, 0, 5);
        partners(in);
        assertThat(findingsOf(in))
                .containsExactly(
                        "/name required",
                        "/brand brand-unknown",
                        "/openedOn date",
                        "/students integer",
                        "/majors/0 major",
                        "/majors/1 duplicate",
                        "/partners/0/country country-unknown",
                        "/partners/1 type",
                        "/partners/2/name required",
                        "/partners/2/nmae unknown-property",
                        "/nmae unknown-property");
        assertThat(in.collectFindings().getLast().detail()).contains("Did you mean name?");
        assertThatThrownBy(in::requireNoFindings).isInstanceOf(Refusal.Invalid.class);
    }

    @Test
    void every_finding_speaks_both_languages() {
        var in = json("{\"a\":1,\"b\":\"\",\"c\":[],\"d\":\"x\"}");
        in.readText("a", 3);
        in.readText("b", 3);
        in.readCodes("c", COUNTRIES, 1, 2);
        in.readInteger("d", 1, 2);
        in.readText("e", 3);
        assertThat(in.collectFindings()).hasSize(5).allSatisfy(it -> {
            assertThat(it.detail()).matches("\\p{ASCII}+");
            assertThat(it.detailZh()).matches(".*\\p{IsHan}.*");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", " a", "a ", "\u3000a", "a\tb", "a\nb", "\u0000", "\uFEFFa", "a\u0085", "\uD800", "\uDC00a",
                "a\uD83D"
            })
    void a_text_is_never_trimmed_or_repaired(String text) {
        assertThat(TextFormat.upTo(10).findProblem("", text)).isNotNull();
    }

    @Test
    void a_text_of_characters_beyond_the_plane_is_sound() {
        assertThat(TextFormat.upTo(10).findProblem("", "𠮷野 😀")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2023-02-29",
                "2023-13-01",
                "2023-00-10",
                "1899-12-31",
                "2101-01-01",
                "2023-2-1",
                "20230201",
                "2023-02-01T00:00",
                "2023/02/01",
                "+023-02-01",
                "２０２３-02-01",
                "1900-02-29"
            })
    void a_day_that_does_not_exist_is_no_date(String text) {
        assertThat(StrictTextParser.parseDate(text)).isNull();
    }

    @Test
    void rows_of_a_table_are_read_from_text() {
        var in = row(
                "name",
                "A",
                "students",
                "12",
                "city",
                "",
                "sgave",
                "true",
                "majors",
                "460303| 510201",
                "countries",
                "THA；VNM",
                "partners",
                "Bangkok: College:THA|Hà Nội：VNM",
                "closedOn",
                "");
        assertThat(in.readText("name", 9)).isEqualTo("A");
        assertThat(in.readInteger("students", 0, 99)).isEqualTo(12);
        assertThat(in.readOptionalText("city", 9)).isNull();
        assertThat(in.readFlag("sgave", false)).isTrue();
        assertThat(in.readTexts("majors", MAJOR, 0, 9)).containsExactly("460303", "510201");
        assertThat(in.readCodes("countries", COUNTRIES, 0, 9)).containsExactly("THA", "VNM");
        assertThat(partners(in))
                .containsExactly(new TestPartner("Bangkok: College", "THA"), new TestPartner("Hà Nội", "VNM"));
        assertThat(in.readOptionalDate("closedOn")).isNull();
        in.requireNoFindings();
    }

    @Test
    void rows_of_a_table_are_read_no_less_strictly() {
        var in = row("students", "12.5", "sgave", "maybe", "partners", "Bangkok", "opened", "1/8/2021");
        in.readInteger("students", 0, 99);
        in.readFlag("sgave", false);
        partners(in);
        in.readDate("opened");
        in.readText("name", 9);
        assertThat(findingsOf(in))
                .containsExactly(
                        "/students integer",
                        "/sgave type",
                        "/partners/0/country required",
                        "/opened date",
                        "/name required");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2019-09-01",
                "2019/9/1",
                "2019/09/01",
                "2019.9.1",
                "2019年9月1日",
                "2019年09月01日",
                "20190901",
                "２０１９／９／１",
                " 2019-9-1 ",
                "2019-09-01 00:00:00",
                "2019/9/1 0:00"
            })
    void a_table_may_write_a_day_in_any_form_that_means_one_day(String text) {
        assertThat(row("on", text).readDate("on")).isEqualTo(LocalDate.of(2019, 9, 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9/1/2019",
                "19/9/1",
                "20190231",
                "2019091",
                "2019-9/1",
                "2019/13/1",
                "2019年2月30日",
                "2019-09-01 14:30",
                "2019",
                "43709"
            })
    void what_may_mean_another_day_is_refused_in_a_table_too(String text) {
        var in = row("on", text);
        in.readDate("on");
        assertThat(findingsOf(in)).containsExactly("/on date");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1234", "1,234", "1,234.00", "１２３４", " 1234 ", "1234.0", "+1234"})
    void a_table_may_write_a_number_as_people_do(String text) {
        assertThat(row("n", text).readInteger("n", 0, 9999)).isEqualTo(1234);
    }

    @ParameterizedTest
    @ValueSource(strings = {"12,34", "1,2345", "1.5", "1e3", "12 34", "一"})
    void a_number_that_may_mean_another_is_refused_in_a_table_too(String text) {
        var in = row("n", text);
        in.readInteger("n", 0, 9999);
        assertThat(findingsOf(in)).containsExactly("/n integer");
    }

    @Test
    void a_word_for_none_is_no_number_and_the_finding_says_how_to_write_zero() {
        var in = row("level", "无", "students", " None ", "days", "没有");
        in.readOptionalInteger("level", 0, 6);
        in.readInteger("students", 0, 99);
        in.readInteger("days", 1, 99);
        assertThat(in.findingsSoFar())
                .extracting(Finding::detail)
                .containsExactly(
                        "\"无\" is not expected: a whole number from 0 to 6 is. Write 0 or leave the cell empty.",
                        "\" None \" is not expected: a whole number from 0 to 99 is. Write 0 for none.",
                        "\"没有\" is not expected: a whole number from 1 to 99 is.");
        assertThat(in.findingsSoFar())
                .extracting(Finding::detailZh)
                .containsExactly(
                        "“无”不符，应为 0 至 6 之间的整数。请填 0 或留空。",
                        "“ None ”不符，应为 0 至 99 之间的整数。没有的请填 0。",
                        "“没有”不符，应为 1 至 99 之间的整数。");
    }

    @Test
    void flags_and_lists_are_read_in_the_forms_of_a_table() {
        var in = row("a", "是", "b", " NO ", "c", "甲、乙", "d", "甲\n乙\n", "e", "甲、乙公司;丙", "f", "甲｜乙|");
        assertThat(in.readFlag("a", false)).isTrue();
        assertThat(in.readFlag("b", true)).isFalse();
        assertThat(in.readTexts("c", TextFormat.upTo(9), 1, 9)).containsExactly("甲", "乙");
        assertThat(in.readTexts("d", TextFormat.upTo(9), 1, 9)).containsExactly("甲", "乙");
        assertThat(in.readTexts("e", TextFormat.upTo(9), 1, 9)).containsExactly("甲、乙公司", "丙");
        assertThat(in.readTexts("f", TextFormat.upTo(9), 1, 9)).containsExactly("甲", "乙");
        in.requireNoFindings();
    }

    @Test
    void a_table_may_call_codes_by_their_names_and_json_may_not() {
        CodeNames names = (field, text) -> text.equals("泰国") ? "THA" : null;
        var cells = JsonNodeFactory.instance.objectNode();
        cells.put("host", "泰国")
                .put("countries", "泰国|VNM")
                .put("partners", "A:泰国")
                .put("twice", "THA|泰国");
        var in = FieldReader.ofRow(cells, names);
        assertThat(in.readCode("host", COUNTRIES)).isEqualTo("THA");
        assertThat(in.readCodes("countries", COUNTRIES, 1, 5)).containsExactly("THA", "VNM");
        assertThat(partners(in)).containsExactly(new TestPartner("A", "THA"));
        in.readCodes("twice", COUNTRIES, 1, 5);
        assertThat(findingsOf(in)).containsExactly("/twice duplicate");
        var strict = json("{\"host\":\"泰国\"}");
        strict.readCode("host", COUNTRIES);
        assertThat(findingsOf(strict)).containsExactly("/host country-unknown");
    }

    @Test
    void a_table_may_have_full_width_digits_in_a_text_that_has_a_form() {
        var in = row("major", "４６０３０１", "majors", "４６０３０２、460303", "name", "第１学院", "twice", "460301|４６０３０１");
        assertThat(in.readText("major", MAJOR)).isEqualTo("460301");
        assertThat(in.readTexts("majors", MAJOR, 1, 5)).containsExactly("460302", "460303");
        assertThat(in.readText("name", 20)).isEqualTo("第１学院");
        in.readTexts("twice", MAJOR, 1, 5);
        assertThat(findingsOf(in)).containsExactly("/twice duplicate");
        var strict = json("{\"major\":\"４６０３０１\"}");
        strict.readText("major", MAJOR);
        assertThat(findingsOf(strict)).containsExactly("/major major");
    }

    @Test
    void an_unknown_property_is_found_next_to_ignored_ones() {
        var in = json("{\"sourceId\":\"A\",\"name\":\"x\",\"b/~\":1}").ignoreFields(Set.of("sourceId", "reason"));
        in.readText("name", 9);
        in.readText("name", 9);
        assertThat(findingsOf(in)).containsExactly("/b~1~0 unknown-property");
    }

    @Test
    void what_is_wrong_with_a_hidden_field_is_said_without_repeating_it() {
        var in = json("{\"major\":\"SECRET\",\"day\":\"SECRET\",\"host\":\"SECRET\",\"other\":\"SECRET\"}")
                .hideFields(Set.of("major", "day", "host"));
        in.readText("major", MAJOR);
        in.readDate("day");
        in.readCode("host", COUNTRIES);
        assertThat(in.findingsSoFar())
                .hasSize(3)
                .allSatisfy(finding -> assertThat(finding.toString()).doesNotContain("SECRET"));
        in.readDate("other");
        assertThat(in.findingsSoFar().getLast().detail()).contains("SECRET");
    }

    @Test
    void a_flag_is_required() {
        var in = json("{\"yes\":true,\"text\":\"true\",\"none\":null}");
        assertThat(in.readFlag("yes")).isTrue();
        in.readFlag("text");
        in.readFlag("none");
        in.readFlag("absent");
        assertThat(findingsOf(in)).containsExactly("/text type", "/none required", "/absent required");
    }

    @Test
    void a_stranger_s_text_is_repeated_short_and_harmless() {
        assertThat(TextFormat.shortenText("a\u0000b\uD800" + "😀".repeat(70)))
                .hasSizeLessThan(130)
                .doesNotContain("\u0000", "\uD800b");
    }

    @Test
    void the_rules_say_whether_what_spans_fields_is_refused_warns_or_is_nothing() {
        var fields = json("{\"name\":\"x\"}").judgeBy(rule -> switch (rule) {
            case "odd" -> RuleVerdict.WARN;
            case "off" -> RuleVerdict.IGNORE;
            default -> RuleVerdict.REFUSE;
        });
        fields.readText("name", 9);
        fields.refuseField("name", "odd", "Odd.", "奇怪。");
        fields.refuseField("name", "off", "Off.", "停用。");

        assertThat(fields.warnings()).extracting(Finding::rule).containsExactly("odd");
        fields.requireNoFindings();
        fields.refuseField("name", "wrong", "Wrong.", "错误。");
        assertThatThrownBy(fields::requireNoFindings)
                .isInstanceOf(Refusal.Invalid.class)
                .hasMessage("Wrong.");
    }

    @Test
    void a_code_that_began_lately_is_refused_before_and_still_offered() {
        CodeSet<String> codes = CodeSet.of("country", List.of("SSD", "SDN"))
                .withValidity(Map.of("SSD", new ValidityPeriod(LocalDate.of(2011, 7, 9), null, List.of("SDN"))));
        var early = json("{\"a\":\"SSD\",\"b\":\"SSDD\"}");
        early.readCode("a", codes);
        early.readCode("b", codes);
        early.requireCodesOn(LocalDate.of(2011, 7, 8));
        assertThat(early.collectFindings())
                .extracting(Finding::detail)
                .containsExactly(
                        "\"SSDD\" is not a known country. Did you mean SSD?",
                        "SSD holds from 2011-07-09, not on 2011-07-08. Before: SDN.");
        var later = json("{\"a\":\"SSD\"}");
        later.readCode("a", codes);
        later.requireCodesOn(LocalDate.of(2011, 7, 9));
        assertThat(findingsOf(later)).isEmpty();
    }

    /** A person in a wrong field was repeated to the sender, as long as the personal fields were empty. */
    @Test
    void where_persons_are_a_wrong_value_is_repeated_only_if_it_is_a_code_or_a_short_number() {
        var in = json("{\"host\":\"Li Xiaolong\",\"major\":\"AA7654321\",\"day\":\"1987-11-231\",\"other\":\"THX\"}")
                .hideFields(Set.of("name"));
        in.readCode("host", COUNTRIES);
        in.readText("major", MAJOR);
        in.readDate("day");
        in.readCode("other", COUNTRIES);
        assertThatThrownBy(in::requireNoFindings)
                .isInstanceOfSatisfying(
                        Refusal.Invalid.class,
                        refusal -> assertThat(refusal.findings())
                                .allSatisfy(finding ->
                                        assertThat(finding.toString()).doesNotContain("Xiaolong", "7654321", "1987-11"))
                                .extracting(Finding::pointer)
                                .containsExactly("/host", "/major", "/day", "/other")
                                .satisfies(all -> assertThat(
                                                refusal.findings().getLast().detail())
                                        .contains("\"THX\"")));
    }

    /** U+200B or U+202E alone passed as a name. */
    @ParameterizedTest
    @CsvSource({
        "200B, invisible-character",
        "2060, invisible-character",
        "E0041, invisible-character",
        "202E, direction-control",
        "2066, direction-control",
        "200F, direction-control",
        "FEFF, not-a-character",
        "FFFE, not-a-character",
        "FDD0, not-a-character",
        "1FFFE, not-a-character",
        "200D, empty",
        "3164, empty",
        "3000, empty"
    })
    void an_invisible_character_is_refused_alone_and_within_a_text(String code, String rule) {
        var strange = Character.toString(Integer.parseInt(code, 16));
        assertThat(rulesOf(strange)).containsExactly(rule);
        if (!rule.equals("empty")) {
            assertThat(rulesOf("a" + strange + "b")).containsExactly(rule);
        }
        assertThat(TextFormat.shortenText("a\u202Eb\uFEFF")).isEqualTo("a\uFFFDb\uFFFD");
        assertThat(rulesOf("می\u200Cخواهم")).isEmpty();
    }

    /** PowerShell before 7.4 sends 清迈工坊 as ????, and that was stored. */
    @ParameterizedTest
    @ValueSource(strings = {"?", "????", "TH-7 ????????", "清迈\uFFFD坊"})
    void a_text_whose_characters_were_lost_is_refused(String text) {
        assertThat(rulesOf(text)).containsExactly("broken-character");
    }

    @Test
    void a_question_is_a_text() {
        assertThat(rulesOf("真的??")).isEmpty();
    }

    private static List<String> rulesOf(String text) {
        var in = FieldReader.of(JsonNodeFactory.instance.objectNode().put("name", text));
        in.readText("name", 20);
        return in.collectFindings().stream().map(Finding::rule).toList();
    }

    @Test
    void a_text_with_an_identity_number_is_refused() {
        var in = json("{\"name\":\"持证 110101198711237738\"}");
        in.readText("name", 100);
        assertThat(in.collectFindings()).extracting(Finding::rule).containsExactly("document-in-text");
        assertThat(in.collectFindings().toString()).doesNotContain("110101");
    }

    @Test
    void what_is_hidden_is_repeated_nowhere_also_where_it_does_not_belong() {
        var in = json("{\"name\":\"LI XIAOLONG\",\"host\":\"Li Xiaolong\",\"passport\":\"AA7654321\","
                        + "\"major\":\"AA-7654321\",\"LI_XIAOLONG\":1,\"hots\":\"x\"}")
                .hideFields(Set.of("name", "passport"));
        in.readText("name", 20);
        in.readText("passport", 20);
        in.readCode("host", COUNTRIES);
        in.readText("major", MAJOR);
        assertThatThrownBy(in::requireNoFindings)
                .isInstanceOfSatisfying(
                        Refusal.Invalid.class,
                        refusal -> assertThat(refusal.findings())
                                .extracting(Finding::pointer, Finding::detail)
                                .containsExactly(
                                        tuple("/host", "\"***\" is not a known country. Known: THA, VNM, EGY."),
                                        tuple("/major", "\"***\" has not the form expected: six digits."),
                                        tuple("", "There is no such property."),
                                        tuple("/hots", "There is no such property. Did you mean host?")));
    }

    @Test
    void an_unknown_property_is_reported_without_its_value_and_next_to_persons_without_its_name() {
        String body = "{\"name\":\"x\",\"host\":\"Li Xiaolong\",\"major\":\"AA7654321\",\"day\":\"a\\\"Wang Wu\\\"b\","
                + "\"student\":{\"names\":[\"LI XIAOLONG\"],\"number\":\"AA7654321\",\"other\":\"Wang Wu\"},"
                + "\"Zhang San\":true,\"AA7654321\":true,\"salary\":\"host\",\"NAME\":1}";
        var in = json(body);
        var discreet = json(body).hideFields(Set.of("name"));
        for (var reader : List.of(in, discreet)) {
            reader.readText("name", 9);
            reader.readCode("host", COUNTRIES);
            reader.readText("major", MAJOR);
            reader.readDate("day");
            assertThatThrownBy(reader::requireNoFindings)
                    .isInstanceOfSatisfying(
                            Refusal.Invalid.class,
                            refusal -> assertThat(refusal.findings())
                                    .allSatisfy(finding -> assertThat(finding.detail() + finding.detailZh())
                                            .doesNotContain("Xiaolong", "7654321", "Wang"))
                                    .extracting(Finding::pointer)
                                    .containsExactlyElementsOf(
                                            reader == in
                                                    ? List.of(
                                                            "/host",
                                                            "/major",
                                                            "/day",
                                                            "/student",
                                                            "/Zhang San",
                                                            "",
                                                            "/salary",
                                                            "/NAME")
                                                    : List.of(
                                                            "/host",
                                                            "/major",
                                                            "/day",
                                                            "/student",
                                                            "",
                                                            "",
                                                            "/salary",
                                                            "/NAME")));
        }
    }

    @Test
    void a_code_holds_from_its_first_day_to_the_day_before_it_ended() {
        CodeSet<String> codes = CodeSet.of("country", List.of("SRB", "SCG"))
                .withValidity(Map.of(
                        "SCG",
                        new ValidityPeriod(LocalDate.of(2003, 2, 4), LocalDate.of(2006, 6, 5), List.of("SRB", "MNE"))));
        for (String day : List.of("2003-02-03", "2003-02-04", "2006-06-04", "2006-06-05")) {
            var in = json("{\"a\":\"SCG\",\"b\":[\"SRB\",\"SCG\"],\"c\":[{\"d\":\"SCG\"}]}");
            in.readCode("a", codes);
            in.readCodes("b", codes, 0, 9);
            in.readObjects("c", List.of("d"), 0, 9, item -> item.readCode("d", codes));
            in.requireCodesOn(LocalDate.parse(day));
            boolean holds = day.equals("2003-02-04") || day.equals("2006-06-04");
            assertThat(findingsOf(in))
                    .as(day)
                    .containsExactly(
                            holds
                                    ? new String[0]
                                    : new String[] {
                                        "/a code-not-valid-on-date",
                                        "/b/1 code-not-valid-on-date",
                                        "/c/0/d code-not-valid-on-date"
                                    });
        }
    }

    @Test
    void what_was_taken_once_is_read_again_whatever_its_rules_have_become() {
        var fields = FieldReader.ofAcceptedRecord(
                StrictJson.parseObject("{\"name\":\"x\"}".getBytes(StandardCharsets.UTF_8)));
        fields.readText("name", 9);
        fields.refuseField("name", "wrong", "Wrong.", "错误。");
        fields.requireNoFindings();
        assertThat(fields.warnings()).isEmpty();
    }

    @Test
    void an_unknown_part_is_judged_by_the_rules() {
        var grouped = MAJOR.withPart("major-group", 0, 2, Set.of("46"), "group", "大类");
        String body = "{\"major\":\"990301\",\"majors\":[\"460301\",\"990302\"],\"other\":\"99\"}";
        for (var verdict : RuleVerdict.values()) {
            var in = json(body).judgeBy(rule -> verdict);
            assertThat(in.readText("major", grouped)).isEqualTo("990301");
            assertThat(in.readTexts("majors", grouped, 1, 5)).containsExactly("460301", "990302");
            in.readText("other", grouped);
            List<String> doubts = List.of("/major major-group", "/majors/1 major-group");
            assertThat(in.warnings().stream().map(it -> it.pointer() + " " + it.rule()))
                    .containsExactlyElementsOf(verdict == RuleVerdict.WARN ? doubts : List.of());
            assertThat(findingsOf(in)).contains("/other major");
            assertThat(findingsOf(in).containsAll(doubts)).isEqualTo(verdict == RuleVerdict.REFUSE);
        }
    }
}
