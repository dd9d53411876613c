package org.voyage.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One running process of a {@link Part}. */
final class Child {
    private static final long LOG_LIMIT = 50L << 20;

    private final Part part;
    private final Process process;

    private Child(Part part, Process process) {
        this.part = part;
        this.process = process;
    }

    static Child start(Part part) {
        try {
            Files.createDirectories(part.log().getParent());
            keepSmall(part.log());
            ProcessBuilder builder = new ProcessBuilder(part.command().get());
            builder.environment().putAll(part.environment());
            builder.redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(part.log().toFile()));
            return new Child(part, Guard.ofThisJvm().start(builder));
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
