package org.voyage.prove;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;

/** Docker engine of this machine, used by its commands as an operator uses it. */
public final class DockerEngine {

    private DockerEngine() {}

    /** Exit code of a command, and what it printed to both outputs. */
    public record Result(int code, String output) {}

    /**
     * Runs a command of Docker and returns what it prints.
     *
     * @throws IllegalStateException when it fails
     */
    public static String docker(String... arguments) throws InterruptedException {
        return require(Path.of("."), Map.of(), prepend("docker", arguments));
    }

    /**
     * Runs a command and returns what it prints.
     *
     * @throws IllegalStateException when it fails
     */
    public static String require(Path folder, Map<String, String> environment, String... command)
            throws InterruptedException {
        Result result = run(folder, environment, command);
        if (result.code() != 0) {
            String output = result.output().strip();
            // A command that goes on for minutes gives its reason last.
            throw new IllegalStateException(String.join(" ", command) + " ended with " + result.code() + ": "
                    + output.substring(output.lastIndexOf('\n') + 1) + "\n" + output);
        }
        return result.output().strip();
    }

    /** Returns one line for each started container that is not healthy, with the last words of its check and its log. */
    public static String describeIllContainers() throws InterruptedException {
        return run(Path.of("."), Map.of(), "bash", "-c", """
                        docker ps --all --format '{{.Names}} {{.Status}}' | grep -v -e '(healthy)' -e 'Exited (0)' -e Created | while read -r name state; do
                          echo "$name $state: $(docker inspect --format '{{with .State.Health}}{{range .Log}}{{.ExitCode}} {{.Output}} {{end}}{{end}}' \
                            "$name" | tail -c 200 | tr '\\n' ' ') $(docker logs --tail 3 "$name" 2>&1 | tail -c 600 | tr '\\n' ' ')"
                        done""").output();
    }

    /** Runs a command, also one that fails; its code is 127 when it cannot begin. */
    public static Result run(Path folder, Map<String, String> environment, String... command)
            throws InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), output);
        } catch (IOException e) {
            return new Result(127, e.toString());
        }
    }

    /** Returns the words of a command. */
    public static String[] prepend(String first, String... others) {
        return Stream.concat(Stream.of(first), Arrays.stream(others)).toArray(String[]::new);
    }
}
