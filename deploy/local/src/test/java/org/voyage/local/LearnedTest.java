package org.voyage.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearnedTest {

    private static final String LEARNS = "-XX:AOTCacheOutput=";
    private static final String KNOWS = "-XX:AOTCache=";

    @TempDir
    private Path folder;

    private Path jar;
    private Learned learned;

    @BeforeEach
    void aService() throws IOException {
        jar = Files.createFile(folder.resolve("quarkus-run.jar"));
        learned = new Learned(folder.resolve("learned"), jar);
    }

    @Test
    void the_first_run_learns_and_the_next_ones_begin_with_it() throws IOException {
        Path cache = afterA(learned.option());
        Files.write(cache, new byte[] {1, 2, 3, 4, 5});

        Path left = Files.createFile(cache.resolveSibling("left-behind.config"));

        assertThat(learned.option()).isEqualTo(KNOWS + cache);
        assertThat(learned.option()).isEqualTo(KNOWS + cache);
        assertThat(left).doesNotExist();
    }

    @Test
    void what_another_build_learned_is_deleted() throws IOException {
        Path cache = afterA(learned.option());
        Files.write(cache, new byte[] {1, 2, 3, 4, 5});
        Files.setLastModifiedTime(jar, FileTime.from(Instant.parse("2026-11-26T08:00:00Z")));

        assertThat(afterA(learned.option())).isNotEqualTo(cache);
        assertThat(cache).doesNotExist();
    }

    @Test
    void a_file_that_was_not_written_to_the_end_is_learned_anew() throws IOException {
        Path cache = afterA(learned.option());
        for (byte[] begun : new byte[][] {{}, {0, 0}, new byte[5_000]}) {
            Files.write(cache, begun);

            assertThat(learned.option()).isEqualTo(LEARNS + cache);
            assertThat(cache).doesNotExist();
        }
    }

    private static Path afterA(String option) {
        assertThat(option).startsWith(LEARNS);
        return Path.of(option.substring(LEARNS.length()));
    }
}
