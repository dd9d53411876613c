package org.voyage.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Run of the dashboard's tests in a real browser against a running platform. */
final class BrowserRun {
    private static final Path DASHBOARD =
            Path.of("../../services/dashboard").toAbsolutePath().normalize();

    private final ProcessBuilder command;

    /**
     * @param dashboard address of the dashboard
     * @param issuer address of the issuer of tokens
     */
    BrowserRun(String dashboard, String issuer) {
        command = new ProcessBuilder(DASHBOARD.resolve("web.sh").toString(), "browser", dashboard, issuer);
        // It kills services, which are children of this process.
        command.environment()
                .put("VOYAGE_LAUNCHER", Long.toString(ProcessHandle.current().pid()));
        if (Boolean.getBoolean("voyage.test.long")) {
            command.environment().put("VOYAGE_LONG", "true");
        }
        command.redirectErrorStream(true);
    }

    /** Writes the results of all cases to a file of this name. */
    BrowserRun withReport(String name) {
        command.command()
                .add(DASHBOARD.resolve("target/browser-reports/" + name).toString());
        return this;
    }

    BrowserRun withEnvironment(Map<String, String> variables) {
        command.environment().putAll(variables);
        return this;
    }

    /**
     * Fails unless every case passes.
     *
     * @param parts names of parts or of groups of parts of {@code browser/groups.spec.mjs}, with commas between them
     */
    void requireSuccess(String parts) throws IOException, InterruptedException {
        command.environment().put("VOYAGE_BROWSER_PARTS", parts);
        Process browser = command.start();
        String output = new String(browser.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        System.out.println(output);
        assertThat(browser.waitFor()).as(describeFailures(output)).isZero();
    }

    /** Returns the names of the failed cases with their causes, all in the first line: a summary shows no other. */
    private static String describeFailures(String output) {
        List<String> lines = output.lines().toList();
        return IntStream.range(0, lines.size())
                        .filter(line -> lines.get(line).matches("  \\d+\\) .*"))
                        .mapToObj(line -> String.join(" ", lines.subList(line, Math.min(line + 6, lines.size()))))
                        .collect(Collectors.joining(" | "))
                + "\n"
                + output;
    }
}
