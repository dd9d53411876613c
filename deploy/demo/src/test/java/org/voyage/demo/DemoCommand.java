package org.voyage.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Process of {@code ./voyage demo --exit}. */
final class DemoCommand implements AutoCloseable {
    private static final Path PROJECT = Path.of("../..").toAbsolutePath().normalize();
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private final Path data;
    private final Path output;
    private final Process process;

    private DemoCommand(Path data, Path output, Process process) {
        this.data = data;
        this.output = output;
        this.process = process;
    }

    static DemoCommand start(Path data, int basePort) throws IOException {
        Path output = Files.createTempFile("demo-", ".log");
        ProcessBuilder builder = new ProcessBuilder(
                // A background job inherits an ignored SIGINT, and so would the demo.
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dvoyage.short-run=true",
                "-Dvoyage.project=" + PROJECT,
                DemoMain.class.getName(),
                "--exit",
                "--data",
                data.toString(),
                "--base-port",
                Integer.toString(basePort));
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new DemoCommand(data, output, process);
    }

    /** Returns the output so far. */
    String output() throws IOException {
        return Files.readString(output);
    }

    void awaitLoading() {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(output()).contains("Loading"));
    }

    int awaitExit() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    void interrupt() throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("sh", "-c", "kill -INT " + process.pid())
                        .start()
                        .waitFor())
                .isZero();
    }

    void killService(String label) {
        process.children()
                .filter(child -> child.info()
                        .commandLine()
                        .filter(line -> line.contains("services/" + label + "/"))
                        .isPresent())
                .forEach(ProcessHandle::destroyForcibly);
    }

    /** Fails when a process that works on the data outlives the command. */
    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(ProcessHandle.allProcesses()
                                .flatMap(each -> each.info().commandLine().stream())
                                .filter(line -> line.contains(data.toString())))
                        .isEmpty());
        Files.delete(output);
    }
}
