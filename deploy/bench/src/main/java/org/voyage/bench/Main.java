package org.voyage.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.voyage.local.Platform;
import org.voyage.local.PlatformOptions;

/** Runs a measurement by its name on a platform of its own. */
public class Main {

    private static final int BASELINE = 20;
    /** Events of which so many students stand at the end. */
    private static final int A_MILLION_FACTS = 1_670_000;

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
        LIST("mobility", (bench, size) -> bench.besidePlain((b, load) -> new ListBench(bench.platform, b, load).run())),
        QUESTIONS(List.of("indicators"), "-Xmx4g", (bench, size) -> bench.questions(size)),
        FIGURES(List.of("indicators"), FiguresBench.MEMORY, (bench, size) -> bench.figures(size)),
        LATENCY(
                List.of("mobility", "indicators"),
                "-Xmx512m",
                (bench, size) -> new LatencyBench(bench.platform).run(size.orElse(500)));

        private final List<String> services;
        private final String memory;
        private final Measuring measuring;

        Measurement(String service, Measuring measuring) {
            this(List.of(service), "-Xmx256m", measuring);
        }

        Measurement(List<String> services, String memory, Measuring measuring) {
            this.services = services;
            this.memory = memory;
            this.measuring = measuring;
        }

        static Optional<Measurement> named(String name) {
            return Stream.of(values()).filter(one -> one.label().equals(name)).findFirst();
        }

        static String names() {
            return Stream.of(values()).map(Measurement::label).collect(Collectors.joining(", "));
        }

        private String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param arguments name of the measurement, then how many rows or events, where it has a number of them */
    public static void main(String[] arguments) throws Exception {
        String name = arguments.length > 0 ? arguments[0] : "";
        Optional<Measurement> chosen = Measurement.named(name);
        if (chosen.isEmpty()) {
            System.err.println("There is no measurement \"" + name + "\": choose from " + Measurement.names() + ".");
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
                .withOnly(measurement.services)
                .withServiceMemory(measurement.memory)
                // A proof that begins by itself would be measured with the rest.
                .withServiceEnvironment(Map.of("VOYAGE_INDICATORS_PROOF_EVERY", "off"));
        System.err.println("Starting PostgreSQL, Kafka and " + String.join(" and ", measurement.services) + " (heap "
                + measurement.memory + ") ...");
        try (Platform platform = Platform.start(options)) {
            measurement.measuring.run(new Main(project, data, port, platform), size);
        } finally {
            delete(data);
        }
    }

    private void intake(Bulk bulk, Optional<Integer> rows) throws Exception {
        new IntakeBench(bulk, platform, data).run(rows.orElse(1_000_000));
    }

    private void questions(Optional<Integer> events) throws Exception {
        besidePlain((baseline, load) -> new QuestionsBench(platform, Countries.in(project), baseline, load)
                .run(events.orElse(A_MILLION_FACTS)));
    }

    private void figures(Optional<Integer> events) throws Exception {
        new FiguresBench(platform, project, data, Countries.in(project)).run(events.orElse(1_000_000));
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
