package org.voyage.demo;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.voyage.local.LauncherArguments;
import org.voyage.local.Platform;
import org.voyage.local.PlatformOptions;
import org.voyage.local.StartFailedException;

/**
 * Main class of {@code ./voyage demo}: it starts the platform, loads the history, prints the table and runs until
 * Ctrl-C. With {@code --exit} it ends after the table. With {@code --containers} the platform is that of
 * {@code docker-compose.yml}, and goes on running. Status 0 means that every comparable figure is equal, except
 * those that a contradiction in the source rules out. Status 1 means that another figure differs, 2 that there was no
 * table.
 */
public final class DemoMain {

    private static final int EXIT_DIFFERENT = 1;
    private static final int EXIT_BROKEN = 2;

    /** Whether Ctrl-C ended the demo: services do not answer any more then, which is no failure. */
    private static volatile boolean leaving;

    private DemoMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        // Exceptions report what Kafka's client would log; the missing log binding is no failure.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        // Names are Chinese, whatever the locale of the terminal is.
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        List<String> left = new ArrayList<>(List.of(arguments));
        boolean exit = left.removeIf("--exit"::equals);
        boolean inContainers = left.removeIf("--containers"::equals);
        try {
            if (inContainers && !left.isEmpty()) {
                throw new StartFailedException(
                        "--containers goes with --exit only: docker-compose.yml decides all else.");
            }
            PlatformOptions asked = LauncherArguments.parsePlatformOptions(left);
            if (inContainers) {
                System.exit(exitStatusOf(runInContainers(asked, out)));
            }
            requireAllServices(asked);
            DatabaseClock clock = new DatabaseClock(
                    PlatformEndpoints.ofBasePort(asked.basePort()).postgresPort());
            Platform platform = startPlatform(asked, clock, out, DemoMain::closeOnShutdown);
            boolean equal = runDemo(asked, clock, out);
            if (exit) {
                System.exit(exitStatusOf(equal));
            }
            printFarewell(platform, asked, out);
        } catch (StartFailedException | ServiceRefusedException | UncheckedIOException e) {
            if (!leaving) {
                System.err.println(e.getMessage());
            }
            System.exit(EXIT_BROKEN);
        } catch (RuntimeException e) {
            // The platform's threads would keep this process, and any caller that waits for it, permanently.
            if (!leaving) {
                e.printStackTrace();
            }
            System.exit(EXIT_BROKEN);
        }
        // Until Ctrl-C or a kill.
        new CountDownLatch(1).await();
    }

    /** Returns the status with which the command ends after the table. */
    static int exitStatusOf(boolean isEqual) {
        return isEqual ? 0 : EXIT_DIFFERENT;
    }

    /**
     * Starts a platform that counts by the demo's lists, and whose databases have the clock of the history's beginning.
     *
     * @param beginning receives the platform before its first process starts
     */
    static Platform startPlatform(
            PlatformOptions asked, DatabaseClock clock, PrintStream out, Consumer<Platform> beginning) {
        Map<String, String> environment = new HashMap<>(asked.serviceEnvironment());
        environment.putAll(DemoLists.serviceEnvironment(asked.project()));
        Platform platform = Platform.start(
                asked.withServiceEnvironment(environment), part -> reportPart(part, clock, out), beginning);
        DemoLists.copyLists(asked.project(), platform.data());
        return platform;
    }

    /** Prints that a part answers. PostgreSQL answers before any service starts: then the clock can be set. */
    private static void reportPart(String part, DatabaseClock clock, PrintStream out) {
        if (part.equals("PostgreSQL")) {
            clock.setBehind(DemoRun.HISTORY_AGO);
        }
        out.println("  " + part + " is up");
    }

    private static boolean runDemo(PlatformOptions options, DatabaseClock clock, PrintStream out) {
        try (ApiClient api = new ApiClient(PlatformEndpoints.ofBasePort(options.basePort()))) {
            return new DemoRun(api, clock, out, LoadProgress.isTerminal()).runDemo();
        }
    }

    private static boolean runInContainers(PlatformOptions options, PrintStream out) throws InterruptedException {
        PlatformEndpoints endpoints = PlatformEndpoints.ofBasePort(options.basePort());
        String password = ContainerPlatform.startPostgres(options.project());
        DatabaseClock clock = new DatabaseClock(endpoints.postgresPort(), password);
        if (clock.hasRecords()) {
            throw new StartFailedException("The containers have records, so the demo loads nothing into them;"
                    + " docker compose down -v throws them away. 容器中已有数据，演示不再载入；可用 docker compose down -v 清空。");
        }
        // The containers outlive this process, and later records have the machine's time.
        Runtime.getRuntime().addShutdownHook(new Thread(clock::finish));
        clock.setBehind(DemoRun.HISTORY_AGO);
        ContainerPlatform.startAll(options.project());
        boolean isEqual = runDemo(options, clock, out);
        out.println();
        out.println("  dashboard   http://localhost:8087");
        out.println("  The containers go on: docker compose ps, docker compose down. 容器继续运行。");
        return isEqual;
    }

    private static void requireAllServices(PlatformOptions options) {
        List<String> needed = new ArrayList<>(List.of("indicators", "feeds"));
        for (RecordService service : RecordService.values()) {
            needed.add(service.label);
        }
        options.only().ifPresent(names -> {
            if (!names.containsAll(needed)) {
                throw new StartFailedException("The demo needs at least --only " + String.join(",", needed) + ".");
            }
        });
    }

    private static void closeOnShutdown(Platform platform) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            leaving = true;
            platform.close();
        }));
    }

    private static void printFarewell(Platform platform, PlatformOptions options, PrintStream out) {
        out.println();
        for (Map.Entry<String, String> url : platform.urls().entrySet()) {
            out.println("  " + TextWidth.padRight(url.getKey(), 12) + url.getValue());
        }
        out.println();
        out.println("In a second terminal:");
        out.println();
        CurlExamples.exampleLines(PlatformEndpoints.ofBasePort(options.basePort()), options.basePort())
                .forEach(line -> out.println(line.isEmpty() ? "" : "  " + line));
        out.println();
        out.println("Ctrl-C stops everything.");
    }
}
