package org.voyage.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.voyage.local.LoopbackPorts;
import org.voyage.local.Platform;
import org.voyage.local.PlatformOptions;

/** Main class that runs a measurement by its name on a platform of its own. */
public class BenchMain {

    private static final int BASELINE_PORT_OFFSET = 20;
    /** Number of events that leave one million active students at the end. */
    private static final int EVENTS_PER_MILLION_FACTS = 1_670_000;
    /**
     * A scheduled proof would be measured with the rest. One client holds all endpoints and streams of a measurement,
     * and reads as much as it can.
     */
    private static final Map<String, String> SERVICE_ENVIRONMENT = Map.of(
            "VOYAGE_INDICATORS_PROOF_EVERY", "off",
            "VOYAGE_FEEDS_DELIVERY_ENDPOINTS_PER_ALLIANCE", "200",
            "VOYAGE_WEB_COST_SMALL_BYTES", "0",
            "VOYAGE_WEB_COST_STREAMS", "2000",
            "VOYAGE_WEB_COST_STREAMS_OVERALL", "2000",
            "VOYAGE_WEB_CONNECTIONS_PER_ADDRESS", "0",
            "VOYAGE_QUOTA_STORED_PER_DAY", "1000G");
    /** Variable with more options of a service's JVM. */
    private static final String JVM_OPTIONS = "JAVA_TOOL_OPTIONS";

    private final Path project;
    private final Path data;
    private final int port;
    private final Platform platform;

    private BenchMain(Path project, Path data, int port, Platform platform) {
        this.project = project;
        this.data = data;
        this.port = port;
        this.platform = platform;
    }

    private interface MeasurementBody {
        void measure(BenchMain bench, Optional<Integer> size) throws Exception;
    }

    private enum Measurement {
        RELAY("overseas", (bench, size) -> new RelayBench(bench.platform).runMeasurement(size.orElse(300_000))),
        INTAKE("overseas", (bench, size) -> bench.runIntake(BulkRecordType.SCHOOLS, size)),
        ENROLMENTS("mobility", (bench, size) -> bench.runIntake(BulkRecordType.ENROLMENTS, size)),
        PUT(
                "mobility",
                (bench, size) ->
                        bench.runWithBaseline((b, load) -> new PutBench(bench.platform, b, load).runMeasurement())),
        LIST(
                "mobility",
                (bench, size) ->
                        bench.runWithBaseline((b, load) -> new ListBench(bench.platform, b, load).runMeasurement())),
        QUESTIONS(List.of("indicators"), "-Xmx4g", (bench, size) -> bench.runQuestions(size)),
        FIGURES(List.of("indicators"), FiguresBench.HEAP_OPTION, (bench, size) -> bench.runFigures(size)),
        LATENCY(
                List.of("mobility", "indicators"),
                "-Xmx512m",
                (bench, size) -> new LatencyBench(bench.platform).runMeasurement(size.orElse(500))),
        FEEDS(
                List.of("overseas", "feeds"),
                "-Xmx256m",
                (bench, size) -> new FeedsBench(bench.platform, bench.data).runMeasurement(size.orElse(20_000))),
        PATH(WritePathBench.SERVICES, "-Xmx512m", (bench, size) -> bench.countPath());

        private final List<String> services;
        private final String memory;
        private final MeasurementBody measuring;

        Measurement(String service, MeasurementBody measuring) {
            this(List.of(service), "-Xmx256m", measuring);
        }

        Measurement(List<String> services, String memory, MeasurementBody measuring) {
            this.services = services;
            this.memory = memory;
            this.measuring = measuring;
        }

        static Optional<Measurement> findMeasurement(String name) {
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
        Optional<Measurement> chosen = Measurement.findMeasurement(name);
        if (chosen.isEmpty()) {
            System.err.println("There is no measurement \"" + name + "\": choose from " + Measurement.names() + ".");
            System.exit(2);
            return;
        }
        Optional<Integer> size = arguments.length > 1 ? Optional.of(Integer.parseInt(arguments[1])) : Optional.empty();
        Measurement measurement = chosen.get();
        Path project = Path.of(System.getProperty("voyage.project", "")).toAbsolutePath();
        Path data = Files.createTempDirectory("voyage-bench");
        int port = LoopbackPorts.findFreePort();
        Map<String, String> environment = new HashMap<>(SERVICE_ENVIRONMENT);
        if (measurement == Measurement.PATH) {
            environment.put(JVM_OPTIONS, ServiceWatch.JVM_OPTION);
        }
        PlatformOptions options = PlatformOptions.of(project)
                .withData(data.resolve("platform"))
                .withBasePort(port)
                .withOnly(measurement.services)
                .withServiceMemory(measurement.memory)
                .withServiceEnvironment(environment);
        System.err.println("Starting PostgreSQL, Kafka and " + String.join(" and ", measurement.services) + " (heap "
                + measurement.memory + ") ...");
        try (Platform platform = Platform.start(options)) {
            measurement.measuring.measure(new BenchMain(project, data, port, platform), size);
        } finally {
            deleteFolder(data);
        }
    }

    private void countPath() throws Exception {
        FeedsBench schools = new FeedsBench(platform, data);
        new WritePathBench(platform, data, (number, name) -> schools.writeSchool("VNM", number, name)).runMeasurement();
    }

    private void runIntake(BulkRecordType bulk, Optional<Integer> rows) throws Exception {
        new IntakeBench(bulk, platform, data).runMeasurement(rows.orElse(1_000_000));
    }

    private void runQuestions(Optional<Integer> events) throws Exception {
        runWithBaseline(
                (baseline, load) -> new QuestionsBench(platform, CountryFile.readCountries(project), baseline, load)
                        .runMeasurement(events.orElse(EVENTS_PER_MILLION_FACTS)));
    }

    private void runFigures(Optional<Integer> events) throws Exception {
        new FiguresBench(platform, project, data, CountryFile.readCountries(project))
                .runMeasurement(events.orElse(1_000_000));
    }

    private interface BaselineMeasurement {
        void measure(BaselineProcess baseline, LoadGenerator load) throws Exception;
    }

    private void runWithBaseline(BaselineMeasurement measuring) throws Exception {
        try (BaselineProcess baseline =
                        BaselineProcess.startProcess(platform, project, data, port + BASELINE_PORT_OFFSET);
                LoadGenerator load = new LoadGenerator()) {
            measuring.measure(baseline, load);
        }
    }

    private static void deleteFolder(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
