package org.voyage.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.voyage.local.LoopbackPorts;
import org.voyage.local.Platform;
import org.voyage.local.PlatformOptions;

/** A platform of few services and short leases, for the classes of one JVM that kill, stop and restore its parts. */
final class CrashPlatform implements AutoCloseable {
    static final Path PROJECT = Path.of("../..").toAbsolutePath().normalize();
    static final List<String> SERVICES = List.of("overseas", "indicators", "feeds");

    private final int basePort = LoopbackPorts.findFreeBasePort();
    private final Path folder = createFolder("crash");
    private final Platform platform = Platform.start(optionsOf(folder, basePort));

    CrashPlatform() throws IOException {}

    static PlatformOptions optionsOf(Path data, int basePort) {
        return PlatformOptions.of(PROJECT)
                .withData(data)
                .withBasePort(basePort)
                .withOnly(SERVICES)
                // A killed instance holds its leases until they expire.
                .withServiceEnvironment(Map.of(
                        "VOYAGE_OUTBOX_LEASE",
                        "4s",
                        "VOYAGE_OUTBOX_RETRY",
                        "1s",
                        "VOYAGE_WEB_IDEMPOTENCY_LEASE",
                        "10s"));
    }

    static Path createFolder(String name) throws IOException {
        return Files.createTempDirectory("voyage-" + name + "-");
    }

    static void deleteFolder(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    Platform platform() {
        return platform;
    }

    PlatformEndpoints endpoints() {
        return PlatformEndpoints.ofBasePort(basePort);
    }

    CrashTables tables() {
        return new CrashTables(platform.postgres());
    }

    @Override
    public void close() throws IOException {
        platform.close();
        deleteFolder(folder);
    }
}
