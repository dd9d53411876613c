package org.voyage.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Supervisor of a {@link PlatformPart}: it restarts a process that dies, with growing pauses, and limits its log. */
final class ProcessSupervisor implements AutoCloseable {
    private static final long MIN_RESTART_PAUSE_MS = 200;
    private static final long MAX_RESTART_PAUSE_MS = 10_000;
    /** Pause between two checks; each check costs a starting part time. */
    private static final long POLL_INTERVAL_MS = 200;

    /** Time limit of a stop: a service finishes its requests, and may write its AOT cache. */
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(60);

    private static final long LOG_CHECK_INTERVAL_MS = 5_000;

    private static final Pattern ERROR_LINE = Pattern.compile("\\b(FATAL|PANIC|ERROR|SEVERE)\\b");

    private final PlatformPart part;
    private final ScheduledExecutorService restarts = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("restarts").factory());
    private @Nullable ChildProcess child;
    private boolean wanted;
    /** Whether the part has answered since {@link #startProcess}: only then is a restart useful. */
    private boolean kept;

    private long logBefore;
    private long pauseMs = MIN_RESTART_PAUSE_MS;
    private long startedAt;

    ProcessSupervisor(PlatformPart part) {
        this.part = part;
        var unused = restarts.scheduleWithFixedDelay(
                this::limitLog, LOG_CHECK_INTERVAL_MS, LOG_CHECK_INTERVAL_MS, TimeUnit.MILLISECONDS);
    }

    private void limitLog() {
        try {
            ChildProcess.rotateLog(part.log(), ChildProcess.MAX_LOG_BYTES);
        } catch (IOException e) {
            System.err.println(part.log() + " cannot be rotated: " + e.getMessage() + ".");
        }
    }

    /**
     * Starts the part and waits until it answers; throws {@link StartFailedException} when it ends first or is silent
     * too long.
     */
    void startProcess() {
        synchronized (this) {
            kept = false;
            logBefore = logSize();
        }
        launchProcess();
        awaitReady(true);
        superviseProcess();
    }

    private synchronized void superviseProcess() {
        kept = true;
        if (child != null && !child.isAlive()) {
            handleExit(child);
        }
    }

    private synchronized void launchProcess() {
        wanted = true;
        startedAt = System.nanoTime();
        ChildProcess started = ChildProcess.start(part);
        child = started;
        var unused = started.onExit().thenRun(() -> handleExit(started));
    }

    private synchronized void handleExit(ChildProcess dead) {
        if (!wanted || !kept || child != dead) {
            return;
        }
        if (System.nanoTime() - startedAt > TimeUnit.MILLISECONDS.toNanos(MAX_RESTART_PAUSE_MS)) {
            pauseMs = MIN_RESTART_PAUSE_MS;
        }
        System.err.println(capitalize(part.name()) + " ended and is started again (log: " + part.log() + ").");
        var unused = restarts.schedule(() -> relaunchProcess(dead), pauseMs, TimeUnit.MILLISECONDS);
        pauseMs = Math.min(MAX_RESTART_PAUSE_MS, 2 * pauseMs);
    }

    private synchronized void relaunchProcess(ChildProcess dead) {
        if (!wanted || child != dead) {
            return;
        }
        try {
            launchProcess();
        } catch (RuntimeException e) {
            // E.g. the machine is out of processes: the next attempt follows as after a process that ended at once.
            handleExit(dead);
        }
    }

    /**
     * Waits until the part answers, also over restarts; throws {@link StartFailedException} when it is silent too long, or
     * after a time limit.
     */
    void awaitReady() {
        awaitReady(false);
    }

    private void awaitReady(boolean firstStart) {
        StartPatience patience = part.patience();
        long end = System.nanoTime() + patience.total().toNanos();
        long silentEnd = System.nanoTime() + patience.silence().toNanos();
        long logged = logSize();
        while (!(isRunning() && part.ready().getAsBoolean())) {
            if (firstStart && !isRunning()) {
                close();
                throw new StartFailedException(
                        capitalize(part.name()) + " ended while starting" + failureReason() + ".");
            }
            long now = System.nanoTime();
            if (logSize() != logged) {
                logged = logSize();
                silentEnd = now + patience.silence().toNanos();
            }
            if (now > end || now > silentEnd) {
                if (firstStart) {
                    close();
                }
                throw new StartFailedException(capitalize(part.name()) + " did not answer"
                        + (now > end
                                ? " within " + patience.total().toSeconds() + " seconds (--start-limit)"
                                : ", and its log did not grow for "
                                        + patience.silence().toSeconds() + " seconds")
                        + failureReason() + ".");
            }
            try {
                TimeUnit.MILLISECONDS.sleep(POLL_INTERVAL_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StartFailedException("Interrupted while " + part.name() + " was starting.", e);
            }
        }
    }

    /** Returns the reason of a failed start from the new part of its log: the last complaint, else the last line. */
    private String failureReason() {
        String where = " (log: " + part.log() + ")";
        try (SeekableByteChannel log = Files.newByteChannel(part.log())) {
            // A log that is shorter than before was started again.
            log.position(logBefore <= log.size() ? logBefore : 0);
            List<String> lines = new BufferedReader(Channels.newReader(log, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
            return lines.stream()
                    .filter(ERROR_LINE.asPredicate())
                    .reduce((earlier, later) -> later)
                    .or(() -> lines.isEmpty() ? Optional.empty() : Optional.of(lines.getLast()))
                    .map(line -> ", saying \"" + line.strip() + "\"" + where)
                    .orElse(where);
        } catch (IOException | UncheckedIOException e) {
            return where;
        }
    }

    private long logSize() {
        try {
            return Files.size(part.log());
        } catch (IOException e) {
            return 0;
        }
    }

    private static String capitalize(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    synchronized boolean isRunning() {
        return child != null && child.isAlive();
    }

    synchronized long pid() {
        return child == null ? -1 : child.pid();
    }

    /** Kills the process like a crash; it restarts by itself. */
    void killProcess() {
        ChildProcess victim;
        synchronized (this) {
            victim = child;
        }
        if (victim != null) {
            victim.killProcess();
        }
    }

    /** Stops the process in order, starts it and waits; returns the time from the start until it answered. */
    Duration restartProcess() {
        return restartProcess(() -> {});
    }

    /**
     * Stops the process in order, runs {@code meanwhile}, starts the process and waits; returns the time from the start
     * until it answered.
     */
    Duration restartProcess(Runnable meanwhile) {
        stopProcess();
        meanwhile.run();
        long begun = System.nanoTime();
        startProcess();
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private void stopProcess() {
        ChildProcess last;
        synchronized (this) {
            wanted = false;
            last = child;
        }
        if (last != null) {
            last.stopProcess(STOP_TIMEOUT);
        }
    }

    @Override
    public void close() {
        stopProcess();
        restarts.shutdownNow();
    }
}
