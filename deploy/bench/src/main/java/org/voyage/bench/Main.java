package org.voyage.bench;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.voyage.local.Platform;
import org.voyage.local.PlatformOptions;

/** Runs a measurement by its name on a platform of its own. */
public class Main {

    private Main() {}

    /** @param arguments name of the measurement, then how many rows or events (default 1,000,000 or 300,000) */
    public static void main(String[] arguments) throws Exception {
        String name = arguments.length > 0 ? arguments[0] : "";
        if (!List.of("relay", "intake").contains(name)) {
            System.err.println("There is no measurement \"" + name + "\": choose relay or intake.");
            System.exit(2);
        }
        Path data = Files.createTempDirectory("voyage-bench");
        PlatformOptions options = PlatformOptions.of(
                        Path.of(System.getProperty("voyage.project", "")).toAbsolutePath())
                .withData(data.resolve("platform"))
                .withBasePort(freePort())
                .withOnly(List.of("overseas"))
                .withServiceMemory("-Xmx256m");
        System.err.println("Starting PostgreSQL, Kafka and the overseas service (heap 256 MB) ...");
        try (Platform platform = Platform.start(options)) {
            if (name.equals("relay")) {
                new RelayBench(platform).run(arguments.length > 1 ? Integer.parseInt(arguments[1]) : 300_000);
            } else {
                new IntakeBench(platform, data).run(arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_000_000);
            }
        } finally {
            delete(data);
        }
    }

    /** A port with a dozen free ones behind it, in all likelihood. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return Math.min(socket.getLocalPort(), 65_000);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
