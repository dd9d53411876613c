package org.voyage.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Platform on one machine: PostgreSQL, Kafka, the token issuer and the services, started together and stopped in order.
 */
public final class Platform implements AutoCloseable {
    private static final String SECOND_SUFFIX = "-2";
    private static final int ISSUER_PORT_OFFSET = 6;
    private static final int KAFKA_PORT_OFFSET = 10;
    private static final int POSTGRES_PORT_OFFSET = 11;
    private static final int CONTROLLER_PORT_OFFSET = 12;
    private static final int ALLIANCES_PORT_OFFSET = 13;

    private final PlatformOptions options;
    private final List<PlatformService> wanted;
    private final DataFolder data;
    private final Map<PlatformService, ServiceNode> services = new ConcurrentHashMap<>();
    private final Map<String, ServiceNode> seconds = new ConcurrentHashMap<>();
    private volatile @Nullable PostgresNode postgres;
    private volatile @Nullable KafkaNode kafka;
    private volatile @Nullable TokenIssuer issuer;
    private boolean closed;

    private Platform(PlatformOptions options, List<PlatformService> wanted, DataFolder data) {
        this.options = options;
        this.wanted = wanted;
        this.data = data;
    }

    /**
     * Starts the platform and returns when all parts answer.
     *
     * @throws StartFailedException with one sentence for people; no part runs then
     */
    public static Platform start(PlatformOptions options) {
        return start(options, started -> {}, platform -> {});
    }

    /**
     * Starts the platform and reports its progress.
     *
     * @param progress receives the name of each part when it answers
     * @param beginning receives the platform before its first process starts, so that it can be closed during the start
     */
    public static Platform start(PlatformOptions options, Consumer<String> progress, Consumer<Platform> beginning) {
        List<PlatformService> wanted = options.only()
                .map(names -> PlatformService.parseServices(names, options.project()))
                .orElseGet(() -> PlatformService.listServices(options.project()));
        DataFolder data = DataFolder.open(options.data());
        Platform platform = new Platform(options, wanted, data);
        beginning.accept(platform);
        try {
            // Checks come first: a start that must fail must not empty the folder.
            platform.requirePorts();
            data.prepareFolder(options.fresh());
            platform.startParts(progress);
            return platform;
        } catch (RuntimeException e) {
            platform.close();
            throw e;
        }
    }

    private void requirePorts() {
        int base = options.basePort();
        wanted.forEach(service -> LoopbackPorts.requirePortFree(service.portOf(base), service.label()));
        LoopbackPorts.requirePortFree(base + ISSUER_PORT_OFFSET, "the token issuer");
        LoopbackPorts.requirePortFree(base + KAFKA_PORT_OFFSET, "Kafka");
        LoopbackPorts.requirePortFree(base + POSTGRES_PORT_OFFSET, "PostgreSQL");
        LoopbackPorts.requirePortFree(base + CONTROLLER_PORT_OFFSET, "Kafka's controller");
        LoopbackPorts.requirePortFree(base + ALLIANCES_PORT_OFFSET, "Kafka for alliances");
    }

    private void startParts(Consumer<String> progress) {
        int base = options.basePort();
        List<String> databases = wanted.stream()
                .filter(PlatformService::keepsData)
                .map(PlatformService::label)
                .toList();
        TokenIssuer tokens = TokenIssuer.start(data.resolve("issuer"), base + ISSUER_PORT_OFFSET);
        issuer = tokens;
        CompletableFuture<PostgresNode> database = runInBackground(() -> {
            PostgresNode started = PostgresNode.start(
                    data.resolve("postgres"), base + POSTGRES_PORT_OFFSET, databases, options.startLimit());
            postgres = started;
            progress.accept("PostgreSQL");
            return started;
        });
        CompletableFuture<KafkaNode> broker = runInBackground(() -> {
            KafkaNode started = KafkaNode.start(
                    data.resolve("kafka"),
                    base + KAFKA_PORT_OFFSET,
                    base + CONTROLLER_PORT_OFFSET,
                    new AllianceListener(base + ALLIANCES_PORT_OFFSET, tokens.url()),
                    options.startLimit());
            kafka = started;
            progress.accept("Kafka");
            return started;
        });
        awaitParts(List.of(database, broker));
        List<CompletableFuture<?>> starting = new ArrayList<>();
        for (PlatformService service : wanted) {
            starting.add(runInBackground(() -> {
                PlatformOptions its = options.withServiceEnvironment(environmentOf(service));
                services.put(service, ServiceNode.start(service, its, database.join(), broker.join(), tokens, data));
                progress.accept(service.label());
                return service;
            }));
        }
        awaitParts(starting);
    }

    /** Returns the variables of a service: those of its part in this platform, and above them those of the options. */
    private Map<String, String> environmentOf(PlatformService service) {
        Map<String, String> environment = new HashMap<>(LocalCollegeLists.environmentOf(data()));
        if (service == PlatformService.DASHBOARD) {
            environment.putAll(
                    DashboardSettings.ofDashboard(data.resolve("dashboard"), options.project(), options.basePort()));
        } else if (wanted.contains(PlatformService.DASHBOARD)) {
            environment.putAll(DashboardSettings.ofService(options.basePort()));
        }
        environment.putAll(options.serviceEnvironment());
        return environment;
    }

    private static <T> CompletableFuture<T> runInBackground(Supplier<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> {
            try {
                result.complete(work.get());
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    // Waits for all even when one fails, so that close() finds every started part.
    private static void awaitParts(List<? extends CompletableFuture<?>> parts) {
        try {
            CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof StartFailedException sentence ? sentence : e;
        }
    }

    /** Returns the addresses of each service and the issuer, by name. */
    public Map<String, String> urls() {
        Map<String, String> urls = new LinkedHashMap<>();
        wanted.forEach(service -> urls.put(service.label(), urlOf(service.label())));
        urls.put("issuer", "http://localhost:" + (options.basePort() + ISSUER_PORT_OFFSET));
        return urls;
    }

    /** Returns the address of one service. */
    public String urlOf(String service) {
        return "http://localhost:"
                + PlatformService.parseServices(List.of(service), options.project())
                        .getFirst()
                        .portOf(options.basePort());
    }

    public PostgresNode postgres() {
        return Optional.ofNullable(postgres).orElseThrow(() -> new IllegalStateException("PostgreSQL is not up"));
    }

    public KafkaNode kafka() {
        return Optional.ofNullable(kafka).orElseThrow(() -> new IllegalStateException("Kafka is not up"));
    }

    public TokenIssuer issuer() {
        return Optional.ofNullable(issuer).orElseThrow(() -> new IllegalStateException("the issuer is not up"));
    }

    public Path data() {
        return data.path();
    }

    /** Kills a part like a crash; it restarts by itself: see {@link #awaitReady}. */
    public void killPart(String part) {
        switch (part) {
            case "postgres" -> postgres().killProcess();
            case "kafka" -> kafka().killProcess();
            default -> findProcess(part).killProcess();
        }
    }

    /**
     * Stops a part ({@code postgres}, {@code kafka} or a service) in order and starts it again.
     *
     * @return the time from its start until it answered
     */
    public Duration restartPart(String part) {
        return switch (part) {
            case "postgres" -> postgres().restartServer();
            case "kafka" -> kafka().restartBroker();
            default -> findProcess(part).restartProcess();
        };
    }

    /**
     * Stops Kafka or a service in order, runs {@code meanwhile} and starts it again, e.g. with the data of a backup.
     */
    public void restartPart(String part, Runnable meanwhile) {
        if (part.equals("kafka")) {
            kafka().restartBroker(meanwhile);
        } else {
            findProcess(part).restartProcess(meanwhile);
        }
    }

    /**
     * Stops an instance of a service in order, and starts it as another version of Voyage in its place. For short runs only:
     * the cache of a JVM is for one version.
     *
     * @param part name of the instance
     * @param project root of the project with the built services of that version
     */
    public void replacePart(String part, Path project) {
        findNode(part).replaceVersion(project);
    }

    /** Waits until the part answers, also after a crash; throws {@link StartFailedException} after a time limit. */
    public void awaitReady(String part) {
        switch (part) {
            case "postgres" -> postgres().awaitReady();
            case "kafka" -> kafka().awaitReady();
            default -> findProcess(part).awaitReady();
        }
    }

    /** Returns the process id of a part's current process. */
    public long pidOf(String part) {
        return switch (part) {
            case "postgres" -> postgres().pid();
            case "kafka" -> kafka().pid();
            default -> findProcess(part).pid();
        };
    }

    /**
     * Starts a second instance of a running service. Both share the database, Kafka and the spooled files.
     *
     * @param basePort base port of the second instance
     * @param environment further environment variables of this instance
     * @return its name as a part
     */
    public String startSecond(String service, int basePort, Map<String, String> environment) {
        PlatformService its = PlatformService.parseServices(List.of(service), options.project())
                .getFirst();
        Map<String, String> all = environmentOf(its);
        all.putAll(environment);
        String label = service + SECOND_SUFFIX;
        seconds.put(
                label,
                ServiceNode.start(
                        its,
                        label,
                        options.withBasePort(basePort).withServiceEnvironment(all),
                        postgres(),
                        kafka(),
                        issuer(),
                        data));
        return label;
    }

    private ProcessSupervisor findProcess(String part) {
        return findNode(part).process();
    }

    private ServiceNode findNode(String part) {
        ServiceNode second = seconds.get(part);
        return second != null
                ? second
                : Optional.ofNullable(services.get(PlatformService.parseServices(List.of(part), options.project())
                                .getFirst()))
                        .orElseThrow(() -> new IllegalStateException(part + " is not up"));
    }

    /** Stops the services, then Kafka and PostgreSQL, and unlocks the data. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        Stream.concat(services.values().stream(), seconds.values().stream())
                .parallel()
                .forEach(ServiceNode::close);
        Optional.ofNullable(issuer).ifPresent(TokenIssuer::close);
        Optional.ofNullable(kafka).ifPresent(KafkaNode::close);
        Optional.ofNullable(postgres).ifPresent(PostgresNode::close);
        data.close();
    }
}
