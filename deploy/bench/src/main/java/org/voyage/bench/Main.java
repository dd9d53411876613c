package org.voyage.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.voyage.local.Platform;
import org.voyage.local.PlatformOptions;

/** Runs a measurement by its name on a platform of its own. */
public class Main {

    private static final int BASELINE = 20;

    private final Path project;
    private final Path data;
    private final int port;
    private final Platform platform;

    private Main(Path project, Path data, int port, Platform platform) {
        this.project = project;
        this.data = data;
        this.port = port;
        this.platform = platform;
    }

    private interface Measuring {
        void run(Main bench, Optional<Integer> size) throws Exception;
    }

    private enum Measurement {
        RELAY("overseas", (bench, size) -> new RelayBench(bench.platform).run(size.orElse(300_000))),
        INTAKE("overseas", (bench, size) -> bench.intake(Bulk.SCHOOLS, size)),
        ENROLMENTS("mobility", (bench, size) -> bench.intake(Bulk.ENROLMENTS, size)),
        PUT("mobility", (bench, size) -> bench.besidePlain((b, load) -> new PutBench(bench.platform, b, load).run())),
        LIST("mobility", (bench, size) -> bench.besidePlain((b, load) -> new ListBench(bench.platform, b, load).run()));

        private final String service;
        private final Measuring measuring;

        Measurement(String service, Measuring measuring) {
            this.service = service;
            this.measuring = measuring;
        }

        static Optional<Measurement> named(String name) {
            return Stream.of(values())
                    .filter(one -> one.name().toLowerCase(java.util.Locale.ROOT).equals(name))
                    .findFirst();
        }
    }

    /** @param arguments name of the measurement, then how many rows or events, where it has a number of them */
    public static void main(String[] arguments) throws Exception {
        String name = arguments.length > 0 ? arguments[0] : "";
        Optional<Measurement> chosen = Measurement.named(name);
        if (chosen.isEmpty()) {
            System.err.println(
                    "There is no measurement \"" + name + "\": choose relay, intake, enrolments, put or list.");
            System.exit(2);
            return;
        }
        Optional<Integer> size = arguments.length > 1 ? Optional.of(Integer.parseInt(arguments[1])) : Optional.empty();
        Measurement measurement = chosen.get();
        Path project = Path.of(System.getProperty("voyage.project", "")).toAbsolutePath();
        Path data = Files.createTempDirectory("voyage-bench");
        int port = Ports.free();
        PlatformOptions options = PlatformOptions.of(project)
                .withData(data.resolve("platform"))
                .withBasePort(port)
                .withOnly(List.of(measurement.service))
                .withServiceMemory("-Xmx256m");
        System.err.println("Starting PostgreSQL, Kafka and the " + measurement.service + " service (heap 256 MB) ...");
        try (Platform platform = Platform.start(options)) {
            measurement.measuring.run(new Main(project, data, port, platform), size);
        } finally {
            delete(data);
        }
    }

    private void intake(Bulk bulk, Optional<Integer> rows) throws Exception {
        new IntakeBench(bulk, platform, data).run(rows.orElse(1_000_000));
    }

    private interface BesidePlain {
        void run(Baseline baseline, Load load) throws Exception;
    }

    private void besidePlain(BesidePlain measuring) throws Exception {
        try (Baseline baseline = Baseline.start(platform, project, data, port + BASELINE);
                Load load = new Load()) {
            measuring.run(baseline, load);
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
