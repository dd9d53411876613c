package org.voyage.local;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One running process of a {@link Part}, known to the {@link Guard} from before its first instruction. */
final class Child {
    private static final long LOG_LIMIT = 50L << 20;

    // The shell waits for one line and then becomes the program: a launcher killed before it has told the guard
    // leaves a shell that reads the end of its input and goes.
    private static final List<String> WAIT_FOR_GO =
            List.of("sh", "-c", "read -r go && exec \"$@\" </dev/null", "voyage");

    private final Part part;
    private final Process process;

    private Child(Part part, Process process) {
        this.part = part;
        this.process = process;
    }

    static Child start(Part part) {
        Guard guard = Guard.ofThisJvm();
        try {
            Files.createDirectories(part.log().getParent());
            keepSmall(part.log());
            ProcessBuilder builder = new ProcessBuilder(
                    Guard.ownSession(Programs.join(WAIT_FOR_GO, part.command().get())));
            builder.environment().putAll(part.environment());
            builder.redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(part.log().toFile()));
            Process process = builder.start();
            guard.add(process.pid());
            var unused = process.onExit().thenRun(() -> guard.drop(process.pid()));
            try (OutputStream go = process.getOutputStream()) {
                go.write('\n');
            }
            return new Child(part, process);
        } catch (IOException e) {
            throw new CannotStart("Voyage cannot start " + part.name() + ": " + e.getMessage() + ".", e);
        }
    }

    private static void keepSmall(Path log) throws IOException {
        if (Files.exists(log) && Files.size(log) > LOG_LIMIT) {
            Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    CompletableFuture<Process> onExit() {
        return process.onExit();
    }

    void kill9() {
        process.destroyForcibly();
        await(Duration.ofSeconds(10));
    }

    /** Ends it in order, or by kill -9 when that takes longer than {@code patience}. */
    void stop(Duration patience) {
        if (process.isAlive()) {
            // The shell's own: a small machine has no program of that name.
            Programs.succeeds("sh", "-c", "kill -" + part.stopSignal() + " " + process.pid());
        }
        if (!await(patience)) {
            kill9();
        }
    }

    private boolean await(Duration patience) {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
