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

/** {@code ./voyage up --only none} as a process of its own, as a person starts it. */
record LauncherProcess(Process process, Path output) implements AutoCloseable {
    static LauncherProcess start(Path data, int basePort, String... more) throws IOException {
        return start(List.of(), Map.of(), data, basePort, more);
    }

    /** Behind another program that becomes the launcher, and with further environment variables. */
    static LauncherProcess start(
            List<String> before, Map<String, String> environment, Path data, int basePort, String... more)
            throws IOException {
        Path output = Files.createTempFile("launcher", ".out");
        List<String> command = new ArrayList<>(before);
        // A background job inherits an ignored SIGINT, and so would the launcher.
        command.addAll(List.of(
                "env", "--default-signal=INT", SystemPrograms.javaProgram(), "-Xmx128m", LauncherMain.class.getName()));
        command.addAll(List.of("--only", "none", "--data", data.toString(), "--base-port", Integer.toString(basePort)));
        command.addAll(List.of(more));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.environment().putAll(environment);
        return new LauncherProcess(builder.start(), output);
    }

    /** Below the ports that the system gives to outgoing connections, so that none is taken a moment later. */
    static int freeBasePort() {
        return Stream.generate(() -> ThreadLocalRandom.current().nextInt(15_000, 32_000))
                .limit(100)
                .filter(base -> Stream.of(6, 10, 11, 12).noneMatch(offset -> LoopbackPorts.isAnswering(base + offset)))
                .findFirst()
                .orElseThrow();
    }

    String readOutput() throws IOException {
        return Files.readString(output);
    }

    /** Exit status, or -1 when it still runs after a minute. */
    int awaitExitStatus() throws InterruptedException {
        return process.waitFor(60, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    /** As by Ctrl-C. */
    void sendInterrupt() {
        if (!SystemPrograms.succeeds("sh", "-c", "kill -INT " + process.pid())) {
            throw new IllegalStateException("the launcher is not there any more");
        }
    }

    /** In order; returns when it has ended. */
    void stopProcess() throws IOException, InterruptedException {
        sendInterrupt();
        awaitExitStatus();
        close();
    }

    /** The command lines of the processes that name the data folder in theirs, beside the launcher. */
    static List<String> commandLinesOn(Path data) {
        return handlesOn(data)
                .flatMap(handle -> handle.info().commandLine().stream())
                .toList();
    }

    /** Those that fill a new data folder of PostgreSQL. */
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
