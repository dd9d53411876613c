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

/** One service as a child process. */
final class ServiceNode implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Path jar;
    private final int port;
    private final List<String> machine;
    private final @Nullable Learned learned;
    private final Supervised process;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private ServiceNode(Service service, PlatformOptions options, DataFolder data, Map<String, String> environment) {
        this.jar = service.jar(options.project());
        this.port = service.port(options.basePort());
        this.machine = service.machine(options.serviceMemory().orElse(service.memory()));
        if (!Files.exists(jar)) {
            throw new CannotStart("The service " + service.label() + " is not built (" + jar
                    + " is missing): start with ./voyage up, which builds it.");
        }
        this.learned = service.learns() ? new Learned(data.resolve("learned").resolve(service.label()), jar) : null;
        this.process = new Supervised(new Part(
                service.label(),
                this::command,
                environment,
                data.resolve("logs").resolve(service.label() + ".log"),
                this::answers,
                PATIENCE,
                "TERM"));
    }

    static ServiceNode start(
            Service service,
            PlatformOptions options,
            PostgresNode postgres,
            KafkaNode kafka,
            TokenIssuer issuer,
            DataFolder data) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "QUARKUS_PROFILE", "local",
                "QUARKUS_HTTP_HOST", "127.0.0.1",
                "QUARKUS_HTTP_PORT", Integer.toString(service.port(options.basePort())),
                "QUARKUS_DATASOURCE_JDBC_URL", postgres.jdbcUrl(service.label()),
                "QUARKUS_DATASOURCE_USERNAME", service.label(),
                "QUARKUS_DATASOURCE_PASSWORD", PostgresNode.password(service.label()),
                "KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers(),
                "QUARKUS_OIDC_AUTH_SERVER_URL", issuer.url(),
                // Files that bureaus sent go on after a crash, so they outlive the process like the databases do.
                "VOYAGE_BULK_FOLDER",
                        data.resolve("spool").resolve(service.label()).toString()));
        String owner = PostgresNode.owner(service.label());
        environment.put("QUARKUS_FLYWAY_USERNAME", owner);
        environment.put("QUARKUS_FLYWAY_PASSWORD", PostgresNode.password(owner));
        environment.putAll(options.serviceEnvironment());
        ServiceNode node = new ServiceNode(service, options, data, environment);
        node.process.start();
        return node;
    }

    private List<String> command() {
        List<String> command = new ArrayList<>(List.of(Programs.java()));
        command.addAll(machine);
        if (learned != null) {
            command.addAll(List.of(learned.option(), "-Xlog:aot*=error"));
        }
        command.addAll(List.of(
                "-XX:TieredStopAtLevel=4",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "--enable-native-access=ALL-UNNAMED",
                "-jar",
                jar.toString()));
        return command;
    }

    private boolean answers() {
        if (!Ports.answers(port)) {
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

    Supervised process() {
        return process;
    }

    @Override
    public void close() {
        if (learned != null && learned.learns() && process.running()) {
            System.err.println("The first end after a build keeps what indicators learned: some seconds more ...\n"
                    + "构建后首次停止时，indicators 会保存运行信息以加快下次启动，请稍候数秒……");
        }
        process.close();
        http.close();
    }
}
