package org.voyage.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Service as a child process. */
final class ServiceNode implements AutoCloseable {
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(240);

    private final PlatformService service;
    private volatile Path jar;
    private final int port;
    private final List<String> machine;
    private final @Nullable AotCache learned;
    private final ProcessSupervisor process;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    /** @param label name of the instance: the service, or another one next to it */
    private ServiceNode(
            PlatformService service,
            String label,
            PlatformOptions options,
            DataFolder data,
            Map<String, String> environment) {
        this.service = service;
        this.jar = findJar(service, options.project());
        this.port = service.portOf(options.basePort());
        this.machine = service.heapOptions(options.serviceMemory().orElse(service.heapOption()));
        this.learned = !SystemPrograms.SHORT_RUN && service.recordsAotCache() && label.equals(service.label())
                ? new AotCache(data.resolve("learned").resolve(service.label()), jar)
                : null;
        this.process = new ProcessSupervisor(new PlatformPart(
                label,
                this::command,
                environment,
                data.resolve("logs").resolve(label + ".log"),
                this::isAnswering,
                new StartPatience(LONGEST_SILENCE, options.startLimit()),
                "TERM"));
    }

    static ServiceNode start(
            PlatformService service,
            PlatformOptions options,
            PostgresNode postgres,
            KafkaNode kafka,
            TokenIssuer issuer,
            DataFolder data) {
        return start(service, service.label(), options, postgres, kafka, issuer, data);
    }

    /** Starts an instance of a service under a label; all instances share the database, Kafka and the spooled files. */
    static ServiceNode start(
            PlatformService service,
            String label,
            PlatformOptions options,
            PostgresNode postgres,
            KafkaNode kafka,
            TokenIssuer issuer,
            DataFolder data) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "QUARKUS_PROFILE",
                "local",
                "QUARKUS_HTTP_HOST",
                "127.0.0.1",
                "QUARKUS_HTTP_PORT",
                Integer.toString(service.portOf(options.basePort())),
                "QUARKUS_OIDC_AUTH_SERVER_URL",
                issuer.url()));
        if (service.keepsData()) {
            environment.putAll(dataEnvironment(service.label(), postgres, kafka, data));
            kafka.allianceServers().ifPresent(servers -> environment.put("VOYAGE_FEEDS_KAFKA_ADDRESS", servers));
        }
        environment.putAll(options.serviceEnvironment());
        ServiceNode node = new ServiceNode(service, label, options, data, environment);
        node.process.startProcess();
        return node;
    }

    private static Map<String, String> dataEnvironment(
            String label, PostgresNode postgres, KafkaNode kafka, DataFolder data) {
        String owner = PostgresNode.ownerOf(label);
        return Map.of(
                "QUARKUS_DATASOURCE_JDBC_URL", postgres.jdbcUrl(label),
                "QUARKUS_DATASOURCE_USERNAME", label,
                "QUARKUS_DATASOURCE_PASSWORD", PostgresNode.passwordOf(label),
                "QUARKUS_FLYWAY_USERNAME", owner,
                "QUARKUS_FLYWAY_PASSWORD", PostgresNode.passwordOf(owner),
                "KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers(),
                // Spooled files continue after a crash, so they outlive the process like the databases.
                "VOYAGE_BULK_FOLDER", data.resolve("spool").resolve(label).toString());
    }

    private static Path findJar(PlatformService service, Path project) {
        Path found = service.jarPath(project);
        if (!Files.exists(found)) {
            throw new StartFailedException("The service " + service.label() + " is not built (" + found
                    + " is missing): start with ./voyage up, which builds it.");
        }
        return found;
    }

    /** Stops the process in order, and starts the service of another project in its place. */
    void replaceVersion(Path project) {
        Path other = findJar(service, project);
        process.restartProcess(() -> jar = other);
    }

    private List<String> command() {
        List<String> command = new ArrayList<>(List.of(SystemPrograms.javaProgram()));
        command.addAll(machine);
        if (learned != null) {
            command.addAll(List.of(learned.jvmOption(), "-Xlog:aot*=error"));
        }
        command.addAll(List.of(
                isCompiledQuickly() ? "-XX:TieredStopAtLevel=1" : "-XX:TieredStopAtLevel=4",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "--enable-native-access=ALL-UNNAMED",
                "-jar",
                jar.toString()));
        return command;
    }

    /** Short runs count whole histories, too: for the indicators well compiled code costs less processor time. */
    private boolean isCompiledQuickly() {
        return SystemPrograms.SHORT_RUN && service != PlatformService.INDICATORS;
    }

    private boolean isAnswering() {
        if (!LoopbackPorts.isAnswering(port)) {
            return false;
        }
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url() + "/q/health/ready"))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    String url() {
        return "http://localhost:" + port;
    }

    ProcessSupervisor process() {
        return process;
    }

    @Override
    public void close() {
        if (learned != null && learned.isRecording() && process.isRunning()) {
            System.err.println("The first end after a build keeps what indicators learned: some seconds more ...\n"
                    + "构建后首次停止时，indicators 会保存运行信息以加快下次启动，请稍候数秒……");
        }
        process.close();
        http.close();
    }
}
