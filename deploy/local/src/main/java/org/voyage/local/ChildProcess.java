package org.voyage.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Running process of a {@link PlatformPart}. */
final class ChildProcess {
    /** Size of a log above which it is rotated. With the one before it takes twice the space. */
    static final long MAX_LOG_BYTES = 50L << 20;

    private final PlatformPart part;
    private final Process process;

    private ChildProcess(PlatformPart part, Process process) {
        this.part = part;
        this.process = process;
    }

    static ChildProcess start(PlatformPart part) {
        try {
            Files.createDirectories(part.log().getParent());
            rotateLog(part.log(), MAX_LOG_BYTES);
            ProcessBuilder builder = new ProcessBuilder(part.command().get());
            builder.environment().putAll(part.environment());
            builder.redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(part.log().toFile()));
            return new ChildProcess(part, ProcessGuard.ofThisJvm().startGuarded(builder));
        } catch (IOException e) {
            throw new StartFailedException("Voyage cannot start " + part.name() + ": " + e.getMessage() + ".", e);
        }
    }

    /**
     * Moves the content of a log that is too large to {@code <name>.1}, also while a process appends to it: that process
     * goes on at the beginning of the same file. A line written within these milliseconds may be lost.
     */
    static void rotateLog(Path log, long maxBytes) throws IOException {
        if (!Files.exists(log) || Files.size(log) <= maxBytes) {
            return;
        }
        Files.copy(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel emptied = FileChannel.open(log, StandardOpenOption.WRITE)) {
            emptied.truncate(0);
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

    void killProcess() {
        process.destroyForcibly();
        awaitExit(Duration.ofSeconds(10));
    }

    /** Stops the process in order, or by kill -9 after {@code patience}. */
    void stopProcess(Duration patience) {
        if (process.isAlive()) {
            // The shell's built-in: a small machine has no program of that name.
            SystemPrograms.succeeds("sh", "-c", "kill -" + part.stopSignal() + " " + process.pid());
        }
        if (!awaitExit(patience)) {
            killProcess();
        }
    }

    private boolean awaitExit(Duration patience) {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
