package org.voyage.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Shell commands of pages as printed, in one shell; only the ports and the folder of a copy are those of the test. Blocks
 * {@code sh no-run} are left out; a block {@code json NAME} is saved as the file NAME.
 */
final class GuideScript {

    private static final Pattern BLOCK =
            Pattern.compile("^ *```([^\n`]*)\n(.*?)^ *```", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern DEMO_PORT = Pattern.compile("\\b80[89]\\d\\b");
    private static final int DEMO_BASE_PORT = 8080;
    private static final String PYTHON_PROGRAM = "docs/zh/voyage.py";
    /**
     * A command that is answered with an error ends the script; one that is answered 503 is sent again, as its answer asks. A
     * stream without an end is read for 3 seconds, and not again, which curl does after a time limit. Background jobs end with
     * the script.
     */
    private static final String STRICT = """
        set -euo pipefail
        trap 'kill -9 $(jobs -p) 2>/dev/null || true' EXIT
        curl() {
          local options=(--fail-with-body --retry 3) status=0
          case " $* " in *" -N "* | *" -sN "*) options+=(--max-time 3 --retry-max-time 3) ;; esac
          command curl "${options[@]}" "$@" || status=$?
          [ $status = 0 ] || { [ $status = 28 ] && [ ${#options[@]} -gt 3 ]; }
        }
        """;

    private final Path project;
    private final Path folder;
    private final int basePort;

    /**
     * @param folder folder of the reader: it stays for further scripts, so that they find the files of the former ones
     */
    GuideScript(Path project, Path folder, int basePort) throws IOException {
        this.project = project;
        this.folder = folder;
        this.basePort = basePort;
        Files.createDirectories(folder);
        for (String part : List.of("clients", "contracts", "deploy")) {
            if (Files.notExists(folder.resolve(part))) {
                Files.createSymbolicLink(folder.resolve(part), project.resolve(part));
            }
        }
        Path voyage = folder.resolve("voyage");
        Files.writeString(voyage, voyageCommand());
        Files.setPosixFilePermissions(voyage, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(folder.resolve("voyage.py"), replacePorts(Files.readString(project.resolve(PYTHON_PROGRAM))));
    }

    /** Returns a script with {@code ./voyage token} and {@code receive}. A guide calls no other command. */
    private String voyageCommand() {
        return """
            #!/bin/sh
            command=$1
            shift
            case $command in
              token) set -- org.voyage.local.TokenCommand "$@" --base-port %d ;;
              receive) set -- org.voyage.client.ReceiverCommand "$@" ;;
              *) exit 2 ;;
            esac
            exec '%s' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '%s' "$@"
            """.formatted(
                        basePort,
                        Path.of(System.getProperty("java.home"), "bin", "java"),
                        System.getProperty("java.class.path"));
    }

    /** Runs the commands of the pages, one after the other, and returns what they print. */
    String run(List<String> pages) throws IOException, InterruptedException {
        StringBuilder script = new StringBuilder(STRICT);
        for (String page : pages) {
            findBlocks(project.resolve(page)).forEach(block -> addBlock(script, block));
        }
        Process shell = new ProcessBuilder(
                        "bash",
                        "-c",
                        replacePorts(script.toString())
                                .replace(
                                        "/tmp/voyage-copy",
                                        folder.resolve("copy").toString()))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).as(output).isZero();
        return output;
    }

    /** Returns whether a page prints commands that are to be run. */
    static boolean hasCommands(Path page) {
        return findBlocks(page).anyMatch(block -> block.group(1).equals("sh"));
    }

    private static Stream<MatchResult> findBlocks(Path page) {
        try {
            return BLOCK.matcher(Files.readString(page)).results();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void addBlock(StringBuilder script, MatchResult block) {
        String[] kind = block.group(1).split(" ");
        if (kind[0].equals("json") && kind.length == 2) {
            script.append("cat > ")
                    .append(kind[1])
                    .append(" <<'JSON'\n")
                    .append(block.group(2))
                    .append("JSON\n");
        } else if (block.group(1).equals("sh")) {
            script.append(block.group(2)).append("echo\n");
        }
    }

    private String replacePorts(String text) {
        return DEMO_PORT
                .matcher(text)
                .replaceAll(port -> String.valueOf(basePort + Integer.parseInt(port.group()) - DEMO_BASE_PORT));
    }
}
