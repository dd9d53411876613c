package org.voyage.mobility;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.voyage.kit.input.FieldReader;
import org.voyage.kit.sheet.RecordForm;

/** Test of the answers to users who write a country by a customary name. */
class CountryNamesTest {

    private static String said(FieldReader in) {
        in.readCode("nationality", MobilityCodes.FOREIGN_COUNTRIES);
        assertThat(in.collectFindings()).hasSize(1);
        return in.collectFindings().getFirst().detail();
    }

    private static FieldReader json(String text) {
        return FieldReader.of(JsonNodeFactory.instance.objectNode().put("nationality", text));
    }

    private static FieldReader cell(String text) {
        return FieldReader.ofRow(
                JsonNodeFactory.instance.objectNode().put("nationality", text), RecordForm.of("inbound-enrolment"));
    }

    @ParameterizedTest
    @CsvSource({
        "UK, GBR",
        "U.K., GBR",
        "England, GBR",
        "Great Britain, GBR",
        "英國, GBR",
        "ROC, TWN",
        "Republic of China, TWN",
        "臺灣, TWN",
        "俄国, RUS",
        "北朝鲜, PRK",
        "南韩, KOR",
        "寮国, LAO",
        "波札那, BWA",
        "肯亚, KEN",
        "CGO, COG",
        "DRC, COD",
        "Turkey, TUR",
        "Korea, KOR",
        "South Korea, KOR",
        "North Korea, PRK",
        "Ivory Coast, CIV",
        "泰國, THA",
        "澳洲, AUS",
        "U.S.A., USA",
        "America, USA",
        "United States, USA",
        "GER, DEU",
        "SUI, CHE",
        "NED, NLD",
        "Holland, NLD",
        "Swaziland, SWZ",
        "uae, ARE",
        "印尼, IDN"
    })
    void another_name_is_answered_with_the_code_that_is_meant(String written, String code) {
        assertThat(said(json(written))).contains("Did you mean").contains("(" + code + ")");
        assertThat(said(cell(written)))
                .containsAnyOf("Did you mean", "was read as")
                .contains("(" + code + ")");
    }

    /** A cell with a former name is read as the code of the former country. */
    @ParameterizedTest
    @CsvSource({"Burma, MMR", "burma, MMR"})
    void the_former_name_of_a_country_is_answered_with_its_code_of_today(String written, String code) {
        assertThat(said(json(written))).contains("Did you mean").contains("(" + code + ")");
    }

    @ParameterizedTest
    @ValueSource(strings = {"XQ", "NIG", "SLO", "KRO", "共和国"})
    void what_may_mean_several_is_not_guessed(String written) {
        assertThat(said(json(written))).doesNotContain("Did you mean");
        assertThat(said(cell(written))).doesNotContain("Did you mean");
    }

    @Test
    void a_cell_with_a_part_of_a_few_names_is_answered_with_each() {
        assertThat(said(cell("刚果"))).contains("Did you mean", "(COD)", "(COG)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PRC", "中国大陆"})
    void the_home_country_is_known_under_its_other_names_too(String written) {
        assertThat(said(json(written))).contains("China (CHN)").contains("not allowed here");
    }
}
