package org.voyage.local;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Pause of a running broker. While it lasts Kafka acknowledges nothing, so no service stores that something was published.
 * The broker goes on when the pause is closed, and also when this process is killed.
 */
final class KafkaPause implements AutoCloseable {

    /** The shell waits for the end of its input, which comes when the pause is closed or this process has ended. */
    private static final String SCRIPT =
            "trap '' INT TERM HUP; kill -STOP $1 || exit 1; echo stopped; read -r _; kill -CONT $1";

    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(1);

    private static final Path THREADS_OF_THIS_PROCESS = Path.of("/proc/self/task");

    private final Process shell;

    private KafkaPause(Process shell) {
        this.shell = shell;
    }

    /** Finds the broker of a data folder. */
    static Optional<ProcessHandle> findBroker(Path data) {
        String properties = data.resolve("kafka").resolve("server.properties").toString();
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains(KafkaBrokerMain.class.getName()) && line.endsWith(properties))
                        .isPresent())
                .findFirst();
    }

    /**
     * Stops the broker, and returns when it does nothing any more.
     *
     * @throws StartFailedException when it cannot be stopped; it goes on then
     */
    static KafkaPause begin(ProcessHandle broker) throws IOException {
        List<String> command = List.of("sh", "-c", SCRIPT, "voyage-pause", Long.toString(broker.pid()));
        Process shell = new ProcessBuilder(SystemPrograms.findProgram("setsid")
                        .map(setsid -> SystemPrograms.concat(List.of(setsid.toString()), command))
                        .orElse(command))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (shell.getInputStream().read() != 's') {
            throw new StartFailedException("Kafka (process " + broker.pid()
                    + ") cannot be paused: run ./voyage backup as the user who runs the platform.");
        }
        KafkaPause pause = new KafkaPause(shell);
        try {
            awaitStop(broker.pid());
            return pause;
        } catch (StartFailedException e) {
            pause.close();
            throw e;
        }
    }

    /** A signal only asks for the stop: on a busy machine threads run on for some time, and calls of the system end first. */
    private static void awaitStop(long pid) {
        long until = System.nanoTime() + STOP_LIMIT.toNanos();
        while (!isStopped(pid)) {
            if (System.nanoTime() - until > 0) {
                throw new StartFailedException("Kafka (process " + pid
                        + ") does not pause: wait until the platform is ready, and run ./voyage backup again.");
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    /**
     * Returns whether the system has stopped every thread of a process. Where it does not show threads (macOS), the signal
     * counts.
     */
    private static boolean isStopped(long pid) {
        if (!Files.isDirectory(THREADS_OF_THIS_PROCESS)) {
            return true;
        }
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            return threads.allMatch(KafkaPause::isThreadStopped);
        } catch (IOException | UncheckedIOException threadOrProcessEnded) {
            return false;
        }
    }

    private static boolean isThreadStopped(Path thread) {
        try {
            String state = Files.readString(thread.resolve("stat"), StandardCharsets.ISO_8859_1);
            // It follows the name in brackets, which may hold brackets.
            return state.startsWith("T", state.lastIndexOf(')') + 2);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets the broker go on, and returns then. */
    @Override
    public void close() throws IOException {
        OutputStream input = shell.getOutputStream();
        input.close();
        try {
            shell.onExit().get(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException | TimeoutException e) {
            throw new IOException("Kafka was not resumed", e);
        }
    }
}
