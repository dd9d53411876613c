package org.voyage.kit.sheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Test of the list of majors; those of the loaded file are made up. */
@SuppressWarnings("NullAway.Init")
class MajorListTest {

    private static final String HEADER = "code,zh,en,former,from,until\n";

    @TempDir
    Path folder;

    private MajorList load(String text) throws IOException {
        var file = Files.writeString(folder.resolve("majors.csv"), text);
        return new MajorList(() -> Optional.of(file));
    }

    private static String codeOf(NamedCodeList majors, String name) {
        return Objects.requireNonNull(majors.findNamed(name)).code();
    }

    @Test
    void a_name_of_two_levels_is_none_and_a_former_name_is_read() throws IOException {
        var list = load(HEADER + "460991,示例技术,Example technology,示例工艺,,\n260991,同名技术,,,,\n460992K,同名技术,,,,\n");
        assertThat(list.isWhole()).isTrue();
        assertThat(codeOf(list.majors(), "示 例技术")).isEqualTo("460991");
        assertThat(codeOf(list.majors(), "示例工艺")).isEqualTo("460991");
        assertThat(codeOf(list.majors(), "460991示例技术")).isEqualTo("460991");
        assertThat(list.majors().findNamed("同名技术")).isNull();
        assertThat(list.majors().findCandidates("同名技术")).hasSize(2);
    }

    @Test
    void without_a_file_the_list_is_the_short_one_of_the_project() {
        var list = new MajorList(Optional::empty);
        assertThat(list.isWhole()).isFalse();
        assertThat(codeOf(list.majors(), "机电一体化技术")).isEqualTo("460301");
    }

    @ParameterizedTest
    @CsvSource({"'46099,甲,,,,', six digits", "'460991,,,,,', Chinese name", "'460991,甲,,,,\n460991,乙,,,,', twice"})
    void a_wrong_file_stops_the_start_and_names_the_row(String rows, String reason) {
        assertThatThrownBy(() -> load(HEADER + rows.replace("\\n", "\n")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("majors.csv, row ")
                .hasMessageContaining(reason);
    }
}
