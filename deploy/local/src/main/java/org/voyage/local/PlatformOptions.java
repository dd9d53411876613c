package org.voyage.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Options of a {@link Platform}'s start.
 *
 * @param project root of the Voyage project with the built services
 * @param data folder of all data
 * @param fresh whether the start empties the folder first
 * @param basePort the first port; see README for the others
 * @param only names of the services to start, or empty for all services of the project
 * @param serviceMemory heap of each service as a JVM option, e.g. {@code -Xmx256m}; empty: the default of each service
 * @param serviceEnvironment further environment variables of every service
 * @param startLimit longest time in which each part must answer
 */
public record PlatformOptions(
        Path project,
        Path data,
        boolean fresh,
        int basePort,
        Optional<List<String>> only,
        Optional<String> serviceMemory,
        Map<String, String> serviceEnvironment,
        Duration startLimit) {
    public static final int DEFAULT_BASE_PORT = 8080;

    public PlatformOptions {
        only = only.map(List::copyOf);
        serviceEnvironment = Map.copyOf(serviceEnvironment);
    }

    /** Returns options for all services on the default ports, with data in {@code .voyage/data} of the project. */
    public static PlatformOptions of(Path project) {
        return new PlatformOptions(
                project,
                project.resolve(".voyage").resolve("data"),
                false,
                DEFAULT_BASE_PORT,
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                StartPatience.DEFAULT_TOTAL);
    }

    public PlatformOptions withData(Path folder) {
        return new PlatformOptions(
                project, folder, fresh, basePort, only, serviceMemory, serviceEnvironment, startLimit);
    }

    public PlatformOptions withFresh(boolean emptied) {
        return new PlatformOptions(
                project, data, emptied, basePort, only, serviceMemory, serviceEnvironment, startLimit);
    }

    public PlatformOptions withBasePort(int port) {
        return new PlatformOptions(project, data, fresh, port, only, serviceMemory, serviceEnvironment, startLimit);
    }

    /**
     * Returns these options with the given services only; an empty list starts PostgreSQL, Kafka and the issuer alone.
     */
    public PlatformOptions withOnly(List<String> services) {
        return new PlatformOptions(
                project, data, fresh, basePort, Optional.of(services), serviceMemory, serviceEnvironment, startLimit);
    }

    public PlatformOptions withServiceMemory(String jvmOption) {
        return new PlatformOptions(
                project, data, fresh, basePort, only, Optional.of(jvmOption), serviceEnvironment, startLimit);
    }

    public PlatformOptions withServiceEnvironment(Map<String, String> variables) {
        return new PlatformOptions(project, data, fresh, basePort, only, serviceMemory, variables, startLimit);
    }

    public PlatformOptions withStartLimit(Duration limit) {
        return new PlatformOptions(project, data, fresh, basePort, only, serviceMemory, serviceEnvironment, limit);
    }
}
