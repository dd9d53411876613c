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

class AotCacheTest {

    private static final String RECORD_OPTION = "-XX:AOTCacheOutput=";
    private static final String USE_OPTION = "-XX:AOTCache=";

    @TempDir
    private Path folder;

    private Path jar;
    private AotCache learned;

    @BeforeEach
    void createService() throws IOException {
        jar = Files.createFile(folder.resolve("quarkus-run.jar"));
        learned = new AotCache(folder.resolve("learned"), jar);
    }

    @Test
    void the_first_run_learns_and_the_next_ones_begin_with_it() throws IOException {
        Path cache = runWithOption(learned.jvmOption());
        Files.write(cache, new byte[] {1, 2, 3, 4, 5});

        Path left = Files.createFile(cache.resolveSibling("left-behind.config"));

        assertThat(learned.jvmOption()).isEqualTo(USE_OPTION + cache);
        assertThat(learned.jvmOption()).isEqualTo(USE_OPTION + cache);
        assertThat(left).doesNotExist();
    }

    @Test
    void what_another_build_learned_is_deleted() throws IOException {
        Path cache = runWithOption(learned.jvmOption());
        Files.write(cache, new byte[] {1, 2, 3, 4, 5});
        Files.setLastModifiedTime(jar, FileTime.from(Instant.parse("2026-11-26T08:00:00Z")));

        assertThat(runWithOption(learned.jvmOption())).isNotEqualTo(cache);
        assertThat(cache).doesNotExist();
    }

    @Test
    void an_incomplete_file_is_learned_again() throws IOException {
        Path cache = runWithOption(learned.jvmOption());
        for (byte[] begun : new byte[][] {{}, {0, 0}, new byte[5_000]}) {
            Files.write(cache, begun);

            assertThat(learned.jvmOption()).isEqualTo(RECORD_OPTION + cache);
            assertThat(cache).doesNotExist();
        }
    }

    private static Path runWithOption(String option) {
        assertThat(option).startsWith(RECORD_OPTION);
        return Path.of(option.substring(RECORD_OPTION.length()));
    }
}
