package org.voyage.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Process of {@code ./voyage up --only none}, as a person starts it. */
record LauncherProcess(Process process, Path output) implements AutoCloseable {
    static LauncherProcess start(Path data, int basePort, String... more) throws IOException {
        return start(List.of(), Map.of(), data, basePort, more);
    }

    /** Starts the launcher through another program and with further environment variables. */
    static LauncherProcess start(
            List<String> before, Map<String, String> environment, Path data, int basePort, String... more)
            throws IOException {
        Path output = Files.createTempFile("launcher", ".out");
        List<String> command = new ArrayList<>(before);
        // A background job inherits an ignored SIGINT, and so would the launcher.
        command.addAll(List.of(
                "env",
                "--default-signal=INT",
                SystemPrograms.javaProgram(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dvoyage.short-run=true",
                LauncherMain.class.getName()));
        command.addAll(List.of("--only", "none", "--data", data.toString(), "--base-port", Integer.toString(basePort)));
        command.addAll(List.of(more));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.environment().putAll(environment);
        return new LauncherProcess(builder.start(), output);
    }

    /**
     * Returns a free base port below the system's ports of outgoing connections, so that no connection takes it
     * afterwards.
     */
    static int freeBasePort() {
        return Stream.generate(() -> ThreadLocalRandom.current().nextInt(15_000, 32_000))
                .limit(100)
                .filter(base -> Stream.of(6, 10, 11, 12, 13).noneMatch(at -> LoopbackPorts.isAnswering(base + at)))
                .findFirst()
                .orElseThrow();
    }

    String readOutput() throws IOException {
        return Files.readString(output);
    }

    /** Returns the exit status, or -1 when the launcher still runs after a minute. */
    int awaitExitStatus() throws InterruptedException {
        return process.waitFor(60, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    /** Sends the signal of Ctrl-C. */
    void sendInterrupt() {
        if (!SystemPrograms.succeeds("sh", "-c", "kill -INT " + process.pid())) {
            throw new IllegalStateException("the launcher is not there any more");
        }
    }

    /** Stops the launcher in order and returns after its end. */
    void stopProcess() throws IOException, InterruptedException {
        sendInterrupt();
        awaitExitStatus();
        close();
    }

    /** Returns the command lines of all processes other than the launcher that name the data folder. */
    static List<String> commandLinesOn(Path data) {
        return handlesOn(data)
                .flatMap(handle -> handle.info().commandLine().stream())
                .toList();
    }

    /** Returns the processes that fill a new data folder of PostgreSQL. */
    static List<ProcessHandle> initdbProcessesOf(Path data) {
        return handlesOn(data)
                .filter(handle -> handle.info().commandLine().orElse("").contains("/bin/initdb "))
                .toList();
    }

    private static Stream<ProcessHandle> handlesOn(Path data) {
        return ProcessHandle.allProcesses()
                .filter(handle -> handle.info()
                        .commandLine()
                        .filter(line -> line.contains(data.toString()) && !line.contains(LauncherMain.class.getName()))
                        .isPresent());
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.deleteIfExists(output);
    }
}
