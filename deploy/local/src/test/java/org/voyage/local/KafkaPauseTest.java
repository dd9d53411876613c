package org.voyage.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class KafkaPauseTest {

    private static final int MANY_THREADS = 16;
    private static final int ROUNDS = 4;

    /** More threads than processors: most of them get the signal late. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void noThreadOfThePausedProcessRuns() throws Exception {
        Process busy = new ProcessBuilder(
                        SystemPrograms.javaProgram(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        BusyProgram.class.getName())
                .start();
        try {
            assertThat(busy.getInputStream().read()).isEqualTo('r');
            for (int round = 0; round < ROUNDS; round++) {
                try (KafkaPause paused = KafkaPause.begin(busy.toHandle())) {
                    assertThat(listStates(busy.pid()))
                            .hasSizeGreaterThan(MANY_THREADS)
                            .containsOnly("T");
                }
            }
        } finally {
            busy.destroyForcibly().waitFor();
        }
    }

    private static List<String> listStates(long pid) throws IOException {
        try (Stream<Path> threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
            return threads.map(KafkaPauseTest::readState).toList();
        }
    }

    private static String readState(Path thread) {
        try {
            return Files.readAllLines(thread.resolve("status")).stream()
                    .filter(line -> line.startsWith("State:"))
                    .map(line -> line.substring("State:".length()).strip().substring(0, 1))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Program that keeps all processors busy. */
    static final class BusyProgram {
        private BusyProgram() {}

        public static void main(String[] arguments) throws IOException {
            for (int i = 0; i < MANY_THREADS; i++) {
                Thread.ofPlatform().start(() -> {
                    while (true) {
                        Thread.onSpinWait();
                    }
                });
            }
            System.out.println("ready");
            // It ends with the test, however that ends.
            System.exit(System.in.read());
        }
    }
}
