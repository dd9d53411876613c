package org.voyage.dashboard;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.voyage.local.LoopbackPorts;

/** Instance of the packaged dashboard as a process with a heap far smaller than what passes through it. */
final class DashboardProcess implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(90);
    private static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar");

    private final Map<String, String> environment;
    private final List<String> machine;
    private final Path log;
    private final int port;
    private Process process;

    private DashboardProcess(Map<String, String> environment, List<String> machine, Path log, int port)
            throws IOException {
        this.environment = environment;
        this.machine = machine;
        this.log = log;
        this.port = port;
        this.process = launch();
    }

    /** @param machine further options of the JVM */
    static DashboardProcess start(Path folder, Map<String, String> environment, String... machine) throws IOException {
        return new DashboardProcess(
                environment,
                List.of(machine),
                Files.createTempFile(folder, "dashboard", ".log"),
                LoopbackPorts.findFreePort());
    }

    private Process launch() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx40m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError"));
        command.addAll(machine);
        command.addAll(List.of("-jar", JAR.toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        builder.environment()
                .putAll(Map.of(
                        "QUARKUS_PROFILE",
                        "local",
                        "QUARKUS_HTTP_HOST",
                        "127.0.0.1",
                        "QUARKUS_HTTP_PORT",
                        Integer.toString(port)));
        return builder.start();
    }

    String url() {
        return "http://localhost:" + port;
    }

    DashboardProcess awaitReady() {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest ready = HttpRequest.newBuilder(URI.create(url() + "/q/health/ready"))
                    .build();
            Awaitility.await()
                    .atMost(START_TIMEOUT)
                    .ignoreExceptions()
                    .until(() -> http.send(ready, BodyHandlers.discarding()).statusCode() == 200);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(readLog(), e);
        }
        return this;
    }

    /** Kills the process like a crash and starts it again. */
    void restartProcess() throws IOException, InterruptedException {
        process.destroyForcibly().waitFor();
        process = launch();
        awaitReady();
    }

    int port() {
        return port;
    }

    Process process() {
        return process;
    }

    boolean isRunning() {
        return process.isAlive();
    }

    String readLog() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
}
