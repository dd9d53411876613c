package org.voyage.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Test of slow starts. On a busy machine a start of Kafka was given up although its log went on. */
class ProcessSupervisorTest {
    private static final Duration SILENCE = Duration.ofSeconds(3);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    /** Creates a part that is ready when its script has made the file {@code ready}. */
    private ProcessSupervisor supervise(Duration total, String script) {
        Path ready = folder.resolve("ready");
        return new ProcessSupervisor(new PlatformPart(
                "a part",
                () -> List.of("sh", "-c", script.replace("READY", ready.toString())),
                Map.of(),
                folder.resolve("part.log"),
                () -> Files.exists(ready),
                new StartPatience(SILENCE, total),
                "TERM"));
    }

    @Test
    void a_start_is_awaited_while_its_log_moves() {
        try (ProcessSupervisor part = supervise(
                Duration.ofMinutes(2),
                "for i in 1 2 3 4 5 6 7 8; do echo line $i; sleep 0.6; done; touch READY; sleep 60")) {
            part.startProcess();
            assertThat(part.isRunning()).isTrue();
        }
    }

    @Test
    void a_start_without_new_log_lines_is_ended() {
        try (ProcessSupervisor part = supervise(Duration.ofMinutes(2), "echo last words; sleep 60")) {
            assertThatThrownBy(part::startProcess)
                    .isInstanceOf(StartFailedException.class)
                    .hasMessageContaining("A part did not answer, and its log did not grow for 3 seconds")
                    .hasMessageContaining("last words");
        }
    }

    @Test
    void a_start_that_only_writes_is_given_up_at_its_limit() {
        try (ProcessSupervisor part =
                supervise(Duration.ofSeconds(4), "while true; do echo still there; sleep 0.2; done")) {
            assertThatThrownBy(part::startProcess)
                    .isInstanceOf(StartFailedException.class)
                    .hasMessageContaining("within 4 seconds (--start-limit)");
        }
    }
}
