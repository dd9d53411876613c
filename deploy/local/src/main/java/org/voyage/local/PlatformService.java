package org.voyage.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Service of the platform with its offset from the base port. People begin at the first one. */
enum PlatformService {
    DASHBOARD("dashboard", 7),
    INDICATORS("indicators", 0),
    MOBILITY("mobility", 1),
    COOPERATION("cooperation", 2),
    OVERSEAS("overseas", 3),
    STANDARDS("standards", 4),
    FEEDS("feeds", 5);

    private static final String EXIT_ON_OUT_OF_MEMORY = "-XX:+ExitOnOutOfMemoryError";

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

    /** Returns whether the service has a database and reads or writes the log; the dashboard keeps nothing. */
    boolean keepsData() {
        return this != DASHBOARD;
    }

    /** Returns the heap as a JVM option. Indicators hold all figures, and a second set of them during a rebuild. */
    String heapOption() {
        return switch (this) {
            case INDICATORS -> "-Xmx768m";
            case DASHBOARD -> "-Xmx96m";
            default -> "-Xmx256m";
        };
    }

    /**
     * Returns the garbage collection settings as JVM options. Indicators keep nearly all that they read. A heap that
     * grows in small steps, one copying thread, or repeated copies in the young generation would copy this data many
     * times. The other services are small, and start together: their code is compiled well only where it runs much longer
     * than a start. Else the compiler takes a quarter of the start's processor time.
     *
     * <p>The start of indicators makes much code hot that is cold afterwards, while the log waits for the compiler.
     * TieredOldPercentage drops queued code that is no longer hot. InlineSmallCode and FreqInlineSize compile hot code
     * once by itself, not again in each caller.
     *
     * <p>After an OutOfMemoryError the JVM ends with one line, and the supervisor starts it again. A JVM that goes on may
     * have lost any of its threads.
     *
     * @param memory largest heap, as {@link #heapOption()}
     */
    List<String> heapOptions(String memory) {
        return this == INDICATORS
                ? List.of(
                        memory,
                        EXIT_ON_OUT_OF_MEMORY,
                        memory.replace("-Xmx", "-Xms"),
                        "-XX:+UseParallelGC",
                        "-XX:MaxTenuringThreshold=1",
                        "-XX:+UnlockDiagnosticVMOptions",
                        "-XX:TieredOldPercentage=1000000",
                        "-XX:InlineSmallCode=500",
                        "-XX:FreqInlineSize=100")
                : List.of(
                        memory,
                        EXIT_ON_OUT_OF_MEMORY,
                        "-XX:+UseSerialGC",
                        "-XX:Tier4InvocationThreshold=20000",
                        "-XX:Tier4MinInvocationThreshold=5000",
                        "-XX:Tier4CompileThreshold=50000",
                        "-XX:Tier4BackEdgeThreshold=200000");
    }

    /**
     * Returns whether the service records an AOT cache for its next start. The recording costs some seconds at the end,
     * which only a long start repays.
     */
    boolean recordsAotCache() {
        return this == INDICATORS;
    }

    Path jarPath(Path project) {
        return project.resolve("services").resolve(label).resolve("target/quarkus-app/quarkus-run.jar");
    }

    /** Returns the services of this project, built or not. */
    static List<PlatformService> listServices(Path project) {
        return Stream.of(values())
                .filter(service -> Files.exists(
                        project.resolve("services").resolve(service.label).resolve("pom.xml")))
                .toList();
    }

    /** Parses service names, e.g. {@code overseas}; throws {@link StartFailedException} for an unknown one. */
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
