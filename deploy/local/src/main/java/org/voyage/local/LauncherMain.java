package org.voyage.local;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/** Main class of {@code ./voyage up}: it starts the platform, prints its addresses and stops it at Ctrl-C. */
public final class LauncherMain {
    private LauncherMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        QuietLogs.installHandlers();
        try {
            PlatformOptions options = LauncherArguments.parsePlatformOptions(List.of(arguments));
            long begin = System.nanoTime();
            Platform platform = Platform.start(
                    options,
                    part -> System.out.printf("  %-12s up after %.1f s%n", part, (System.nanoTime() - begin) / 1e9),
                    LauncherMain::closeOnShutdown);
            System.out.println(readyMessage(platform));
        } catch (StartFailedException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
        // Until Ctrl-C or a kill.
        new CountDownLatch(1).await();
    }

    private static void closeOnShutdown(Platform platform) {
        Runtime.getRuntime().addShutdownHook(new Thread(platform::close));
    }

    private static String readyMessage(Platform platform) {
        return platform.urls().entrySet().stream()
                .map((Map.Entry<String, String> entry) -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining("  ", "READY  ", "  data " + platform.data() + "  (Ctrl-C stops)"));
    }
}
