package org.voyage.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.voyage.local.LoopbackPorts;
import org.voyage.local.Platform;
import org.voyage.local.PlatformOptions;

/** The whole platform after {@code ./voyage demo}, for the classes of one JVM; its services send traces. */
final class DemoPlatform implements AutoCloseable {
    private final TraceReceiver traces = TraceReceiver.start();
    private final int basePort = LoopbackPorts.findFreeBasePort();
    private final Path folder = CrashPlatform.createFolder("demo");
    private final Platform platform;
    private final ApiClient api;
    private final boolean isEqual;
    private final String output;

    DemoPlatform() throws IOException {
        Map<String, String> environment = new HashMap<>(traces.environment());
        environment.put("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "true");
        // So that a refused token has a line.
        environment.put("QUARKUS_LOG_CATEGORY__ORG_VOYAGE_KIT_AUDIT__LEVEL", "DEBUG");
        var printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        DatabaseClock clock =
                new DatabaseClock(PlatformEndpoints.ofBasePort(basePort).postgresPort());
        platform = DemoMain.startPlatform(
                PlatformOptions.of(CrashPlatform.PROJECT)
                        .withData(folder.resolve("data"))
                        .withBasePort(basePort)
                        .withServiceEnvironment(environment),
                clock,
                out,
                beginning -> {});
        api = new ApiClient(PlatformEndpoints.ofBasePort(basePort));
        isEqual = new DemoRun(api, clock, out, false).runDemo();
        output = printed.toString(StandardCharsets.UTF_8);
    }

    Platform platform() {
        return platform;
    }

    ApiClient api() {
        return api;
    }

    int basePort() {
        return basePort;
    }

    TraceReceiver traces() {
        return traces;
    }

    /** Returns a folder for the files of programs that use the platform. */
    Path folder() {
        return folder;
    }

    /** Returns whether each published figure came out of the platform. */
    boolean isEqual() {
        return isEqual;
    }

    /** Returns what the demo printed while it loaded. */
    String output() {
        return output;
    }

    @Override
    public void close() throws IOException {
        api.close();
        platform.close();
        traces.close();
        CrashPlatform.deleteFolder(folder);
    }
}
