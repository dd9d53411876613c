package org.voyage.kit.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voyage.kit.web.CodeNames.Named;

/** Codes under the names that people give them. */
class CodeListTest {
    private static final CodeList COUNTRIES = new CodeList(
            "countries",
            List.of(
                    new Named("THA", "泰国", "Thailand"),
                    new Named("RUS", "俄罗斯", "Russian Federation"),
                    new Named("TWN", "中国台湾", "Taiwan, China"),
                    new Named("HKG", "中国香港", "Hong Kong, China"),
                    new Named("BRN", "文莱", "Brunei Darussalam"),
                    new Named("OMN", "阿曼", "Oman"),
                    new Named("SDN", "苏丹", "Sudan"),
                    new Named("COG", "刚果（布）", "Congo")),
            List.of(new Named("SUN", "苏联", "Soviet Union")));

    @ParameterizedTest
    @CsvSource({"泰国（THA）, THA", "泰国 (tha), THA", "Thailand (THA), THA", "ＴＨＡ, THA", "刚果（布）（COG）, COG", "苏联（SUN）, SUN"})
    void a_code_may_stand_behind_its_name_as_templates_and_messages_have_it(String written, String code) {
        assertThat(COUNTRIES.code(written)).isEqualTo(code);
    }

    @Test
    void a_name_with_the_code_of_another_is_none() {
        assertThat(COUNTRIES.code("泰国（RUS）")).isNull();
    }

    @ParameterizedTest
    @CsvSource({"台湾, TWN", "香港, HKG", "Taiwan, TWN", "俄罗斯联邦, RUS", "文莱达鲁萨兰国, BRN"})
    void a_name_that_is_part_of_another_or_holds_it_is_what_may_be_meant(String written, String code) {
        assertThat(COUNTRIES.code(written)).isNull();
        assertThat(COUNTRIES.nearest(written)).extracting(Named::code).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"中国", "阿曼苏丹国", "湾"})
    void what_may_mean_several_or_says_nothing_is_not_guessed(String written) {
        assertThat(COUNTRIES.nearest(written)).isNull();
    }
}
