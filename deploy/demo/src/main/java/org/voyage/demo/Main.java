package org.voyage.demo;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.voyage.local.Arguments;
import org.voyage.local.CannotStart;
import org.voyage.local.Platform;
import org.voyage.local.PlatformOptions;

/**
 * {@code ./voyage demo}: starts the platform, loads the history, prints the table and stays up until Ctrl-C. With
 * {@code --exit} it ends after the table, with status 0 only if every comparable figure is equal that no contradiction in
 * the source rules out; 1 if another differs, 2 if there was no table.
 */
public final class Main {

    private static final int DIFFERENT = 1;
    private static final int BROKEN = 2;

    /** After Ctrl-C services do not answer any more, which is no news. */
    private static volatile boolean leaving;

    private Main() {}

    public static void main(String[] arguments) throws InterruptedException {
        // What Kafka's client would log is said by exceptions; nothing binds its log here, which is no news either.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        // Names are Chinese, whatever the locale of the terminal says.
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        List<String> left = new ArrayList<>(List.of(arguments));
        boolean exit = left.removeIf("--exit"::equals);
        try {
            PlatformOptions asked = Arguments.platform(left);
            PlatformOptions options = asked.withServiceEnvironment(DoubleHigh.environment(asked.project()));
            requireAll(options);
            Platform platform =
                    Platform.start(options, part -> out.println("  " + part + " is up"), Main::closeAtTheEnd);
            boolean equal = run(options, out);
            if (exit) {
                System.exit(equal ? 0 : DIFFERENT);
            }
            farewell(platform, options, out);
        } catch (CannotStart | Refused | UncheckedIOException e) {
            if (!leaving) {
                System.err.println(e.getMessage());
            }
            System.exit(BROKEN);
        } catch (RuntimeException e) {
            // The platform's threads would keep this process, and whoever waits for it, for ever.
            if (!leaving) {
                e.printStackTrace();
            }
            System.exit(BROKEN);
        }
        // Until Ctrl-C or a kill.
        new CountDownLatch(1).await();
    }

    private static boolean run(PlatformOptions options, PrintStream out) {
        try (Api api = new Api(Endpoints.of(options.basePort()))) {
            return new Demo(api, out, Progress.onTerminal()).run();
        }
    }

    private static void requireAll(PlatformOptions options) {
        List<String> needed = new ArrayList<>(List.of("indicators"));
        for (RecordService service : RecordService.values()) {
            needed.add(service.label);
        }
        options.only().ifPresent(names -> {
            if (!names.containsAll(needed)) {
                throw new CannotStart("The demo needs at least --only " + String.join(",", needed) + ".");
            }
        });
    }

    private static void closeAtTheEnd(Platform platform) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            leaving = true;
            platform.close();
        }));
    }

    private static void farewell(Platform platform, PlatformOptions options, PrintStream out) {
        out.println();
        for (Map.Entry<String, String> url : platform.urls().entrySet()) {
            out.println("  " + Width.left(url.getKey(), 12) + url.getValue());
        }
        out.println();
        out.println("In a second terminal:");
        out.println();
        Curls.lines(Endpoints.of(options.basePort()), options.basePort())
                .forEach(line -> out.println(line.isEmpty() ? "" : "  " + line));
        out.println();
        out.println("Ctrl-C stops everything.");
    }
}
