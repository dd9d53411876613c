package org.voyage.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.voyage.local.StartFailedException;

/** Platform in the containers of {@code docker-compose.yml}, which go on running when the demo has ended. */
final class ContainerPlatform {

    /** The variables of Compose that name the demo's lists, as the containers see them. */
    private static final Map<String, String> LISTS = Map.of(
            "VOYAGE_LISTS", "./deploy/demo/src/main/resources/history",
            "VOYAGE_COLLEGES_FILE", "/lists/colleges.csv",
            "VOYAGE_COLLEGE_LISTS", "/lists/college-lists");

    private ContainerPlatform() {}

    /**
     * Starts the database alone, waits until it answers, and returns the password of its superuser, which Compose may
     * have from {@code .env}.
     *
     * @throws StartFailedException when Compose fails; it has printed why
     */
    static String startPostgres(Path project) throws InterruptedException {
        compose(project, Redirect.INHERIT, "up", "--detach", "--wait", "postgres");
        return compose(project, Redirect.PIPE, "exec", "-T", "postgres", "printenv", "POSTGRES_PASSWORD");
    }

    /**
     * Starts all containers with the demo's lists and waits until they are healthy.
     *
     * @throws StartFailedException when Compose fails; it has printed why
     */
    static void startAll(Path project) throws InterruptedException {
        writeLists(project.resolve(".env"));
        compose(project, Redirect.INHERIT, "up", "--detach", "--wait");
    }

    /** Each later {@code docker compose up} reads this file, and so counts by the same lists; own lists stay. */
    private static void writeLists(Path file) {
        try {
            String text = Files.exists(file) ? Files.readString(file) : "";
            if (LISTS.keySet().stream().anyMatch(name -> text.lines().anyMatch(line -> line.startsWith(name + "=")))) {
                return;
            }
            String lists = LISTS.entrySet().stream()
                    .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
                    .sorted()
                    .collect(Collectors.joining());
            Files.writeString(file, text + (text.isEmpty() || text.endsWith("\n") ? "" : "\n") + lists);
        } catch (IOException e) {
            throw new UncheckedIOException("The lists of the demo cannot be named in " + file + ".", e);
        }
    }

    /** Runs Compose and returns its output, which is empty when this process passes it on. */
    private static String compose(Path project, Redirect output, String... arguments) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("docker", "compose"));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .directory(project.toFile())
                    .inheritIO()
                    .redirectOutput(output)
                    .start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            int status = process.waitFor();
            if (status != 0) {
                throw new StartFailedException(String.join(" ", command) + " ended with " + status + ".");
            }
            return text;
        } catch (IOException e) {
            throw new StartFailedException("Docker with Compose is not installed: " + e.getMessage() + ".", e);
        }
    }
}
