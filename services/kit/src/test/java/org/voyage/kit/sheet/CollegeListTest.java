package org.voyage.kit.sheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voyage.kit.access.Province;
import org.voyage.kit.input.CodeNames.NamedCode;

/** Test of the list of colleges that an operator loads; its colleges are made up. */
@SuppressWarnings("NullAway.Init")
class CollegeListTest {

    private static final String HEADER = "code,zh,en,former,province,from,until\n";
    private static final String ROWS = """
            4112000001,海滨职业学院,Seaside College,海滨技校|海滨中专,12,,
            4112000002,远山职业技术学院,,,12,2005-01-01,
            4112000003,旧港职业学院,,,12,,2019-09-01
            4112000004,同名学院,,,12,,
            4112000005,同名学院,,海滨技校,12,,
            4113000001,海滨职业学院,,,13,,
            """;

    @TempDir
    Path folder;

    private CollegeList load(String text) throws IOException {
        var file = Files.writeString(folder.resolve("colleges.csv"), text);
        return new CollegeList(() -> Optional.of(file));
    }

    @Test
    void a_name_is_that_of_the_senders_province_and_a_name_of_two_is_none() throws IOException {
        var colleges = load(HEADER + ROWS);
        var tianjin = colleges.collegesOf(Province.of("12"));
        assertThat(tianjin.findCode(" 海滨 职业学院")).isEqualTo("4112000001");
        assertThat(tianjin.findCode("SEASIDE COLLEGE")).isEqualTo("4112000001");
        assertThat(tianjin.findCode("海滨职业学院（4112000001）")).isEqualTo("4112000001");
        assertThat(tianjin.findCode("旧港职业学院")).isEqualTo("4112000003");
        assertThat(tianjin.findCode("同名学院")).isNull();
        assertThat(tianjin.findByOtherName("海滨中专")).extracting(NamedCode::code).isEqualTo("4112000001");
        assertThat(tianjin.findByOtherName("海滨技校")).isNull();
        assertThat(tianjin.findByOtherName("远山职业")).isNull();
        assertThat(colleges.collegesOf(Province.of("13")).findCode("海滨职业学院")).isEqualTo("4113000001");
        assertThat(colleges.collegesOf(Province.of("14")).findCode("海滨职业学院")).isNull();
        assertThat(tianjin.codes()).extracting(NamedCode::code).doesNotContain("4112000003");
    }

    @Test
    void what_may_be_meant_is_named() throws IOException {
        var tianjin = load(HEADER + ROWS).collegesOf(Province.of("12"));
        assertThat(tianjin.findCandidates("同名学院"))
                .extracting(NamedCode::code)
                .containsExactly("4112000004", "4112000005");
        assertThat(tianjin.findCandidates("远山职业技术学校"))
                .extracting(NamedCode::code)
                .containsExactly("4112000002");
        assertThat(tianjin.findCandidates("完全不同的单位")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'4112,甲,,,12,,', 10 digits",
        "'4112000001,,,,12,,', Chinese name",
        "'4112000001,甲,,,99,,', province",
        "'4112000001,甲,,,12,2005,', from is a day",
        "'4112000001,甲,,,12,,\n4112000001,乙,,,12,,', twice"
    })
    void a_wrong_file_stops_the_start_and_names_the_row(String rows, String reason) {
        assertThatThrownBy(() -> load(HEADER + rows.replace("\\n", "\n")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("colleges.csv, row ")
                .hasMessageContaining(reason);
    }

    @Test
    void without_a_file_there_are_codes_only() {
        assertThat(new CollegeList(Optional::empty)
                        .collegesOf(Province.of("12"))
                        .codes())
                .isEmpty();
    }
}
