package org.voyage.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    /** A log was rotated at a start only: within a minute a client could fill the disk. */
    @Test
    void a_log_is_rotated_while_a_process_writes_it() throws IOException {
        Path log = folder.resolve("part.log");
        try (FileOutputStream process = new FileOutputStream(log.toFile(), true)) {
            process.write("early\n".getBytes(StandardCharsets.UTF_8));
            ChildProcess.rotateLog(log, 6);
            assertThat(log).hasContent("early");

            process.write("more\n".getBytes(StandardCharsets.UTF_8));
            ChildProcess.rotateLog(log, 6);
            process.write("late\n".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(Files.readString(log)).isEqualTo("late\n");
        assertThat(Files.readString(folder.resolve("part.log.1"))).isEqualTo("early\nmore\n");
    }
}
