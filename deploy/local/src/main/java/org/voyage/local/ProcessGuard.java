package org.voyage.local;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Guard that ends every recorded child when this JVM has ended for any reason.
 *
 * <p>The guard is a small shell process in a session of its own. It reads the children's ids from a pipe whose only
 * writer is this JVM. The kernel closes the pipe when the JVM dies, even by kill -9. The guard then stops the recorded
 * children, first by their signal, after three seconds by kill -9.
 */
final class ProcessGuard {
    /** Name of the process in {@code ps}. */
    private static final String PROCESS_NAME = "voyage-guard";

    // TERM asks a JVM to shut down. PostgreSQL would wait for its clients after TERM, but not after INT.
    private static final String GUARD_SCRIPT = """
            trap '' INT TERM HUP
            children=' '
            while read -r verb pid folder; do
              case $verb in
                add) children="$children$pid " ;;
                drop) children=$(printf '%s' "$children" | sed "s/ $pid / /") ;;
                erase) erase=$folder ;;
              esac
            done
            await_end() {
              waited=0
              while [ $waited -lt 30 ]; do
                alive=
                for pid in $children; do kill -0 "$pid" 2>/dev/null && alive=yes; done
                [ -z "$alive" ] && return
                sleep 0.1
                waited=$((waited + 1))
              done
            }
            for pid in $children; do kill -INT "$pid" 2>/dev/null; kill -TERM "$pid" 2>/dev/null; done
            await_end
            for pid in $children; do kill -9 "$pid" 2>/dev/null; done
            # Who waits for this process may count on it that ports and files are free.
            await_end
            [ -n "$erase" ] && rm -rf "$erase"
            exit 0
            """;

    // The shell waits for one line and then becomes the program. If the JVM is killed before it reports the process to
    // the guard, the shell reads the end of its input and exits.
    private static final List<String> WAIT_FOR_GO =
            List.of("sh", "-c", "read -r go && exec \"$@\" </dev/null", "voyage");

    private static @Nullable ProcessGuard instance;

    private final Process process;
    private final Writer pipe;

    private ProcessGuard() {
        try {
            process = new ProcessBuilder(inOwnSession(List.of("sh", "-c", GUARD_SCRIPT, PROCESS_NAME)))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new StartFailedException("Voyage cannot start a shell (sh): " + e.getMessage() + ".", e);
        }
        pipe = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.US_ASCII);
    }

    static synchronized ProcessGuard ofThisJvm() {
        if (instance == null || !instance.process.isAlive()) {
            instance = new ProcessGuard();
        }
        return instance;
    }

    ProcessHandle guardHandle() {
        return process.toHandle();
    }

    /** Starts the program with empty input; this guard knows it before its first instruction. */
    Process startGuarded(ProcessBuilder program) throws IOException {
        Process started = program.command(inOwnSession(SystemPrograms.concat(WAIT_FOR_GO, program.command())))
                .start();
        sendLine("add " + started.pid());
        var unused = started.onExit().thenRun(() -> sendLine("drop " + started.pid()));
        try (OutputStream go = started.getOutputStream()) {
            go.write('\n');
        }
        return started;
    }

    /** Registers the folder for deletion after the end of this JVM and its children. */
    void deleteOnExit(Path folder) {
        sendLine("erase 0 " + folder.toAbsolutePath());
    }

    private synchronized void sendLine(String line) {
        try {
            pipe.write(line + "\n");
            pipe.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the guard of this JVM's children is gone", e);
        }
    }

    /**
     * Returns the command in a session of its own where the machine supports it, so that Ctrl-C reaches the launcher
     * only.
     */
    private static List<String> inOwnSession(List<String> command) {
        return SystemPrograms.findProgram("setsid")
                .map(setsid -> SystemPrograms.concat(List.of(setsid.toString()), command))
                .orElse(command);
    }

    static Optional<String> findNameOf(ProcessHandle handle) {
        return handle.info().commandLine().filter(line -> line.contains(PROCESS_NAME));
    }
}
