package org.voyage.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.voyage.local.LoopbackPorts;
import org.voyage.local.Platform;
import org.voyage.local.PostgresNode;

/**
 * Process of the baseline application under the conditions of a service: same heap, same JVM options, same PostgreSQL
 * server.
 */
class BaselineProcess implements AutoCloseable {

    private static final String DATABASE = "bench_baseline";
    private static final String SUPERUSER = "postgres";
    private static final int START_TIMEOUT_SECONDS = 60;

    private final Process process;
    private final String url;

    private BaselineProcess(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    static BaselineProcess startProcess(Platform platform, Path project, Path folder, int port)
            throws IOException, SQLException, InterruptedException {
        try (Connection connection = DriverManager.getConnection(
                        platform.postgres().jdbcUrl(SUPERUSER), SUPERUSER, PostgresNode.passwordOf(SUPERUSER));
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + DATABASE);
        }
        ProcessBuilder builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-jar",
                project.resolve("deploy/bench/baseline/target/quarkus-app/quarkus-run.jar")
                        .toString()));
        builder.environment()
                .putAll(Map.of(
                        "QUARKUS_HTTP_HOST", "127.0.0.1",
                        "QUARKUS_HTTP_PORT", Integer.toString(port),
                        "QUARKUS_DATASOURCE_JDBC_URL", platform.postgres().jdbcUrl(DATABASE),
                        "QUARKUS_DATASOURCE_USERNAME", SUPERUSER,
                        "QUARKUS_DATASOURCE_PASSWORD", PostgresNode.passwordOf(SUPERUSER)));
        builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve("baseline.log").toFile());
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(process::destroyForcibly));
        BaselineProcess baseline = new BaselineProcess(process, "http://127.0.0.1:" + port);
        baseline.awaitReady(port);
        return baseline;
    }

    private void awaitReady(int port) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_TIMEOUT_SECONDS);
        while (!LoopbackPorts.isAnswering(port)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException("The baseline does not start; see baseline.log.");
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    String url() {
        return url;
    }

    /** Sets the answer of {@code /constant}. */
    void setConstantAnswer(String answer) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest put = HttpRequest.newBuilder(URI.create(url + "/constant"))
                    .header("Content-Type", "text/plain")
                    .PUT(HttpRequest.BodyPublishers.ofString(answer))
                    .build();
            int status = http.send(put, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status / 100 != 2) {
                throw new IllegalStateException("The baseline does not take the constant: " + status);
            }
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
