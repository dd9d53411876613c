package org.voyage.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A service of the platform and its place after the base port. */
enum PlatformService {
    INDICATORS("indicators", 0),
    MOBILITY("mobility", 1),
    COOPERATION("cooperation", 2),
    OVERSEAS("overseas", 3),
    STANDARDS("standards", 4),
    FEEDS("feeds", 5);

    private final String label;
    private final int offset;

    PlatformService(String label, int offset) {
        this.label = label;
        this.offset = offset;
    }

    String label() {
        return label;
    }

    int portOf(int basePort) {
        return basePort + offset;
    }

    /** Heap as a JVM option. Indicators hold all figures, and a second set of them while they are rebuilt. */
    String heapOption() {
        return this == INDICATORS ? "-Xmx768m" : "-Xmx256m";
    }

    /**
     * How the heap is kept, as JVM options. Indicators keep nearly all that they read: growing a little at a time, copied by one
     * thread while everything else waits, or copied back and forth among what is young (until it has survived more than one
     * collection), it would be copied again and again. The others are small.
     *
     * <p>The start of indicators makes much code hot that nobody needs afterwards, while the log waits for the compiler: what is
     * hot no longer when its turn comes is left out (TieredOldPercentage), and what is hot is compiled once by itself rather than
     * again in each place that calls it (InlineSmallCode, FreqInlineSize).
     *
     * @param memory the largest heap, as {@link #heapOption()}
     */
    List<String> heapOptions(String memory) {
        return this == INDICATORS
                ? List.of(
                        memory,
                        memory.replace("-Xmx", "-Xms"),
                        "-XX:+UseParallelGC",
                        "-XX:MaxTenuringThreshold=1",
                        "-XX:+UnlockDiagnosticVMOptions",
                        "-XX:TieredOldPercentage=1000000",
                        "-XX:InlineSmallCode=500",
                        "-XX:FreqInlineSize=100")
                : List.of(memory, "-XX:+UseSerialGC");
    }

    /**
     * Whether its JVM keeps what it learns while it runs, for the next start: worth the seconds that this takes when it ends
     * where a start has much to do.
     */
    boolean recordsAotCache() {
        return this == INDICATORS;
    }

    Path jarPath(Path project) {
        return project.resolve("services").resolve(label).resolve("target/quarkus-app/quarkus-run.jar");
    }

    /** The services that this project has, whether or not they are built. */
    static List<PlatformService> listServices(Path project) {
        return Stream.of(values())
                .filter(service -> Files.exists(
                        project.resolve("services").resolve(service.label).resolve("pom.xml")))
                .toList();
    }

    /** By names, e.g. {@code overseas}; throws {@link StartFailedException} for one that the project does not have. */
    static List<PlatformService> parseServices(List<String> names, Path project) {
        return names.stream()
                .distinct()
                .map(name -> listServices(project).stream()
                        .filter(service -> service.label.equals(name))
                        .findFirst()
                        .orElseThrow(() -> new StartFailedException("There is no service called \"" + name
                                + "\": choose from "
                                + String.join(
                                        ", ",
                                        listServices(project).stream()
                                                .map(PlatformService::label)
                                                .toList()) + ".")))
                .toList();
    }
}
