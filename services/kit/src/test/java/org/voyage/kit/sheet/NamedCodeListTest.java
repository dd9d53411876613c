package org.voyage.kit.sheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voyage.kit.input.CodeNames.NamedCode;
import org.voyage.kit.input.FieldReader;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.reference.CodeListFile;

/** Test of codes under their common names. */
class NamedCodeListTest {
    private static final NamedCodeList COUNTRIES = new NamedCodeList(
            List.of(
                    new NamedCode("THA", "泰国", "Thailand"),
                    new NamedCode("RUS", "俄罗斯", "Russian Federation"),
                    new NamedCode("TWN", "中国台湾", "Taiwan, China"),
                    new NamedCode("HKG", "中国香港", "Hong Kong, China"),
                    new NamedCode("BRN", "文莱", "Brunei Darussalam"),
                    new NamedCode("OMN", "阿曼", "Oman"),
                    new NamedCode("SDN", "苏丹", "Sudan"),
                    new NamedCode("COG", "刚果（布）", "Congo")),
            List.of(new NamedCode("SUN", "苏联", "Soviet Union")),
            Map.of(),
            Map.of(
                    "siam", new NamedCode("THA", "泰国", "Thailand"),
                    "cgo", new NamedCode("COG", "刚果（布）", "Congo"),
                    "uk", new NamedCode("GBR", "英国", "United Kingdom")),
            Map.of(
                    "siam", new NamedCode("THA", "泰国", "Thailand"),
                    "cgo", new NamedCode("COG", "刚果（布）", "Congo")),
            true);

    @ParameterizedTest
    @CsvSource({"泰国（THA）, THA", "泰国 (tha), THA", "Thailand (THA), THA", "ＴＨＡ, THA", "刚果（布）（COG）, COG", "苏联（SUN）, SUN"})
    void a_code_may_stand_behind_its_name_as_templates_and_messages_have_it(String written, String code) {
        assertThat(COUNTRIES.findCode(written)).isEqualTo(code);
    }

    @Test
    void a_name_with_the_code_of_another_is_none() {
        assertThat(COUNTRIES.findCode("泰国（RUS）")).isNull();
    }

    @ParameterizedTest
    @CsvSource({"台湾, TWN", "香港, HKG", "Taiwan, TWN", "俄罗斯联邦, RUS", "文莱达鲁萨兰国, BRN"})
    void a_name_that_is_part_of_another_or_holds_it_is_what_may_be_meant(String written, String code) {
        assertThat(COUNTRIES.findCode(written)).isNull();
        assertThat(COUNTRIES.findNearest(written)).extracting(NamedCode::code).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"Siam, THA", "ＳＩＡＭ, THA", "cgo, COG"})
    void another_name_is_no_name_of_the_list_and_is_suggested(String written, String code) {
        assertThat(COUNTRIES.findCode(written)).isNull();
        assertThat(COUNTRIES.findNearest(written)).extracting(NamedCode::code).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"Siam, THA", "台湾, TWN", "香港, HKG", "莱文, ", "cgo, ", "uk, ", "湾, ", "中国, ", "非泰国, ", "泰国, THA"})
    void another_name_that_means_one_code_is_read_unless_it_is_an_abbreviation(String written, @Nullable String code) {
        var meant = COUNTRIES.findByOtherName(written);
        assertThat(meant == null ? null : meant.code()).isEqualTo(code);
    }

    @Test
    void another_name_of_a_code_that_is_not_offered_says_nothing() {
        assertThat(COUNTRIES.findNearest("UK")).isNull();
    }

    /** Matches the test's list {@code seasons}. */
    private enum Season {
        RAIN,
        HARVEST,
        FROST,
        DROUGHT
    }

    @ParameterizedTest
    @CsvSource({
        "rain, 1900-01-01, ''",
        "harvest, 2019-08-31, HARVEST holds from 2019-09-01",
        "harvest, 2019-09-01, ''",
        "frost, 2009-12-31, ''",
        "frost, 2010-01-01, FROST held until 2009-12-31",
        "drought, 2000-12-31, ''",
        "drought, 2005-01-01, DROUGHT held until 2004-12-31"
    })
    void a_code_of_any_list_is_held_to_the_days_that_its_list_says(String code, LocalDate day, String finding) {
        var codes = CodeListFile.codes("season", "seasons", Season.class);
        var in = FieldReader.of(JsonNodeFactory.instance.objectNode().put("season", code));
        in.readCode("season", codes);
        in.requireCodesOn(day);
        assertThat(in.collectFindings())
                .extracting(Finding::rule, one -> one.detail().split(",", 2)[0].toUpperCase(Locale.ROOT))
                .isEqualTo(
                        finding.isEmpty()
                                ? List.of()
                                : List.of(tuple("code-not-valid-on-date", finding.toUpperCase(Locale.ROOT))));
    }

    @Test
    void what_ended_is_read_and_no_longer_offered() {
        var seasons = NamedCodeList.loadWithout("seasons", "");
        assertThat(seasons.codes()).extracting(NamedCode::code).containsExactly("rain", "harvest");
        assertThat(seasons.formerCodes()).extracting(NamedCode::code).containsExactly("frost", "drought");
        assertThat(seasons.findCode("霜季")).isEqualTo("frost");
        assertThat(seasons.findNearest("霜季节")).isNull();
        assertThat(seasons.codes()).extracting(seasons::validityText).containsExactly("", "2019-09-01 –");
        assertThat(seasons.formerCodes())
                .extracting(seasons::validityText)
                .containsExactly("– 2009-12-31", "1990-01-01 – 2004-12-31");
    }

    @Test
    void a_list_with_other_codes_than_the_program_stops_the_start() {
        assertThatThrownBy(() -> CodeListFile.codes("kind", "kinds", Season.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("pot");
    }

    @ParameterizedTest
    @CsvSource({"中国", "阿曼苏丹国", "湾"})
    void what_may_mean_several_or_says_nothing_is_not_guessed(String written) {
        assertThat(COUNTRIES.findNearest(written)).isNull();
    }
}
