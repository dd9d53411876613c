package org.voyage.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Shell commands of an alliance's guide as printed: only ports and the folder of the copy are those of the test. */
final class GuideScript {

    private static final Pattern SHELL_BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
    private static final Pattern DEMO_PORT = Pattern.compile("localhost:(80\\d\\d)\\b");
    private static final int DEMO_BASE_PORT = 8080;
    /** A command that is answered with an error ends the script. */
    private static final String STRICT = """
        set -euo pipefail
        curl() { command curl --fail-with-body "$@"; }
        """;

    private final String script;

    private GuideScript(String script) {
        this.script = script;
    }

    static GuideScript ofGuide(Path guide, PlatformEndpoints platform, Path copy) throws IOException {
        StringBuilder commands = new StringBuilder(STRICT);
        Matcher block = SHELL_BLOCK.matcher(Files.readString(guide));
        while (block.find()) {
            commands.append(block.group(1)).append("echo\n");
        }
        return new GuideScript(DEMO_PORT
                .matcher(commands)
                .replaceAll(
                        port -> "localhost:" + (platform.basePort() + Integer.parseInt(port.group(1)) - DEMO_BASE_PORT))
                .replace("/tmp/voyage-copy", copy.toString()));
    }

    /** Runs the commands in the folder of the project, one after the other, and returns what they print. */
    String run(Path project) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("bash", "-c", script)
                .directory(project.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).as(output).isZero();
        return output;
    }
}
