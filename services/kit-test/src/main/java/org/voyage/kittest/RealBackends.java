package org.voyage.kittest;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Test resource with a real PostgreSQL, Kafka and token issuer. They start once per JVM, serve all its tests, and end
 * with it, also after kill -9.
 *
 * <p>{@code @QuarkusTestResource(RealBackends.class)} uses the database {@code voyage}; the argument {@code database}
 * selects another one of {@link TestServers#DATABASES}.
 */
public final class RealBackends implements QuarkusTestResourceLifecycleManager {
    private final Map<String, String> arguments = new ConcurrentHashMap<>();

    @Override
    public void init(Map<String, String> initArgs) {
        arguments.putAll(initArgs);
    }

    @Override
    public Map<String, String> start() {
        String database = arguments.getOrDefault("database", "voyage");
        Map<String, String> config = new HashMap<>();
        config.put("quarkus.datasource.jdbc.url", TestServers.jdbcUrl(database));
        config.put("quarkus.datasource.username", database);
        config.put("quarkus.datasource.password", TestServers.passwordOf(database));
        config.put("quarkus.flyway.username", TestServers.ownerOf(database));
        config.put("quarkus.flyway.password", TestServers.passwordOf(TestServers.ownerOf(database)));
        config.put("quarkus.datasource.devservices.enabled", "false");
        config.put("kafka.bootstrap.servers", TestServers.bootstrapServers());
        config.put("voyage.feeds.kafka.address", TestServers.allianceBootstrapServers());
        config.put("quarkus.oidc.auth-server-url", TestServers.issuer());
        return config;
    }

    /** Stops nothing: the servers serve the next test too. */
    @Override
    public void stop() {}
}
