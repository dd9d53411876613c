package org.voyage.kit.bulk.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@SuppressWarnings("NullAway.Init")
class FileKeyIndexTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "LB-01, lb_01",
        "LB-01, LB 01",
        "LB-01, lb01",
        "LB-01, LB-1",
        "LB-01, Lb—１",
        "2024-007, 2024_7",
        "北京-3, 北京３",
        "A-0, a00",
    })
    void a_key_is_known_however_it_is_written(String one, String other) {
        assertThat(FileKeyIndex.normalize(other)).isEqualTo(FileKeyIndex.normalize(one));
    }

    @ParameterizedTest
    @CsvSource({"LB-1-12, LB-11-2", "LB-10, LB-1", "A-1.2, A-12", "A-0, A", "2024-1, 20241"})
    void keys_that_say_other_numbers_are_others(String one, String other) {
        assertThat(FileKeyIndex.normalize(other)).isNotEqualTo(FileKeyIndex.normalize(one));
    }

    @Test
    void keys_are_kept_apart_and_their_first_rows_remembered_however_many_there_are() throws IOException {
        try (var keys = FileKeyIndex.open(folder, Long.MAX_VALUE)) {
            addEachTwice(keys, 100_000);

            assertThat(keys.memoryBytes()).isGreaterThan(1 << 20);
        }
    }

    /** A file of ten million rows took 420 MB of the heap. */
    @Test
    void the_memory_of_the_keys_has_a_limit_whatever_the_number_of_rows() throws IOException {
        try (var keys = FileKeyIndex.open(folder, 1 << 18)) {
            addEachTwice(keys, 60_000);

            assertThat(keys.memoryBytes()).isLessThan(1 << 18);
            assertThat(folder).isEmptyDirectory();
        }
    }

    private static void addEachTwice(FileKeyIndex keys, int many) {
        for (int i = 1; i <= many; i++) {
            assertThat(keys.addKey("LB-" + i)).isTrue();
            assertThat(keys.addSpelling("LB-" + i, i)).isEqualTo(i);
        }
        for (int i = 1; i <= many; i++) {
            assertThat(keys.addKey("LB-" + i)).isFalse();
            assertThat(keys.addKey("lb_" + i)).isTrue();
            assertThat(keys.addSpelling("lb_" + i, many + i)).isEqualTo(i);
            assertThat(keys.contains("LB-" + i)).isTrue();
            assertThat(keys.contains("LX-" + i)).isFalse();
            assertThat(keys.findSimilar("Lb " + i)).isEqualTo(i);
            assertThat(keys.findSimilar("LX-" + i)).isZero();
        }
    }
}
