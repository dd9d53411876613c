package org.voyage.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code ./voyage up --only none} as a process of its own, as a person starts it. */
record Launcher(Process process, Path output) implements AutoCloseable {
    static Launcher start(Path data, int basePort) throws IOException {
        Path output = Files.createTempFile("launcher", ".out");
        // A background job inherits an ignored SIGINT, and so would the launcher.
        List<String> command = new ArrayList<>(
                List.of("env", "--default-signal=INT", Programs.java(), "-Xmx128m", Main.class.getName()));
        command.addAll(List.of("--only", "none", "--data", data.toString(), "--base-port", Integer.toString(basePort)));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return new Launcher(builder.start(), output);
    }

    /** A port whose followers are free too, at this moment. */
    static int freeBasePort() {
        for (int attempt = 0; attempt < 100; attempt++) {
            int base = Ports.free();
            if (base < 65_500 && List.of(6, 10, 11, 12).stream().noneMatch(offset -> Ports.answers(base + offset))) {
                return base;
            }
        }
        throw new IllegalStateException("no room for a platform among the ports");
    }

    String said() throws IOException {
        return Files.readString(output);
    }

    /** Exit status, or -1 when it still runs after a minute. */
    int ended() throws InterruptedException {
        return process.waitFor(60, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    /** The processes that name the data folder in their command line, beside the launcher. */
    static List<String> processesOn(Path data) {
        return ProcessHandle.allProcesses()
                .flatMap(handle -> handle.info().commandLine().stream())
                .filter(line -> line.contains(data.toString()) && !line.contains(Main.class.getName()))
                .toList();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.deleteIfExists(output);
    }
}
