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

/** Keeps a {@link Part} running: a process that dies is started again, sooner at first and then ever later. */
final class Supervised implements AutoCloseable {
    private static final long FIRST_PAUSE_MS = 200;
    private static final long LONGEST_PAUSE_MS = 10_000;
    /** Each look is work for a part that has enough to do while it starts. */
    private static final long LOOK_AGAIN_MS = 200;

    /** A service answers what is under way, and may keep what it learned. */
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(60);

    private static final Pattern COMPLAINT = Pattern.compile("\\b(FATAL|PANIC|ERROR|SEVERE)\\b");

    private final Part part;
    private final ScheduledExecutorService restarts = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("restarts").factory());
    private @Nullable Child child;
    private boolean wanted;
    /** It has answered since {@link #start}: only then is it worth starting again. */
    private boolean kept;

    private long logBefore;
    private long pauseMs = FIRST_PAUSE_MS;
    private long startedAt;

    Supervised(Part part) {
        this.part = part;
    }

    /** Returns when the part answers; throws {@link CannotStart} when it ends before, or is silent for too long. */
    void start() {
        synchronized (this) {
            kept = false;
            logBefore = sizeOfLog();
        }
        launch();
        awaitReady(true);
        keep();
    }

    private synchronized void keep() {
        kept = true;
        if (child != null && !child.isAlive()) {
            ended(child);
        }
    }

    private synchronized void launch() {
        wanted = true;
        startedAt = System.nanoTime();
        Child started = Child.start(part);
        child = started;
        var unused = started.onExit().thenRun(() -> ended(started));
    }

    private synchronized void ended(Child dead) {
        if (!wanted || !kept || child != dead) {
            return;
        }
        if (System.nanoTime() - startedAt > TimeUnit.MILLISECONDS.toNanos(LONGEST_PAUSE_MS)) {
            pauseMs = FIRST_PAUSE_MS;
        }
        System.err.println(capital(part.name()) + " ended and is started again (log: " + part.log() + ").");
        var unused = restarts.schedule(() -> relaunch(dead), pauseMs, TimeUnit.MILLISECONDS);
        pauseMs = Math.min(LONGEST_PAUSE_MS, 2 * pauseMs);
    }

    private synchronized void relaunch(Child dead) {
        if (!wanted || child != dead) {
            return;
        }
        try {
            launch();
        } catch (RuntimeException e) {
            // E.g. the machine is out of processes: the next attempt comes as for a process that ended at once.
            ended(dead);
        }
    }

    /** Waits until the part answers, over restarts too; throws {@link CannotStart} when it does not in time. */
    void awaitReady() {
        awaitReady(false);
    }

    private void awaitReady(boolean firstStart) {
        long end = System.nanoTime() + part.patience().toNanos();
        while (!(running() && part.ready().getAsBoolean())) {
            if (firstStart && !running()) {
                close();
                throw new CannotStart(capital(part.name()) + " ended while starting" + lastWords() + ".");
            }
            if (System.nanoTime() > end) {
                if (firstStart) {
                    close();
                }
                throw new CannotStart(capital(part.name()) + " did not answer within "
                        + part.patience().toSeconds() + " seconds" + lastWords() + ".");
            }
            try {
                TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CannotStart("Interrupted while " + part.name() + " was starting.", e);
            }
        }
    }

    /** Why it did not start, as its log says since then: the last complaint, else the last line. */
    private String lastWords() {
        String where = " (log: " + part.log() + ")";
        try (SeekableByteChannel log = Files.newByteChannel(part.log())) {
            // A log that has become shorter was begun anew.
            log.position(logBefore <= log.size() ? logBefore : 0);
            List<String> lines = new BufferedReader(Channels.newReader(log, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
            return lines.stream()
                    .filter(COMPLAINT.asPredicate())
                    .reduce((earlier, later) -> later)
                    .or(() -> lines.isEmpty() ? Optional.empty() : Optional.of(lines.getLast()))
                    .map(line -> ", saying \"" + line.strip() + "\"" + where)
                    .orElse(where);
        } catch (IOException | UncheckedIOException e) {
            return where;
        }
    }

    private long sizeOfLog() {
        try {
            return Files.size(part.log());
        } catch (IOException e) {
            return 0;
        }
    }

    private static String capital(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    synchronized boolean running() {
        return child != null && child.isAlive();
    }

    synchronized long pid() {
        return child == null ? -1 : child.pid();
    }

    /** Kills the process as a crash would; it is started again by itself. */
    void kill9() {
        Child victim;
        synchronized (this) {
            victim = child;
        }
        if (victim != null) {
            victim.kill9();
        }
    }

    /** Stops in order, starts, waits until it answers; returns how long it took from the start. */
    Duration restart() {
        stop();
        long begun = System.nanoTime();
        start();
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private void stop() {
        Child last;
        synchronized (this) {
            wanted = false;
            last = child;
        }
        if (last != null) {
            last.stop(STOP_PATIENCE);
        }
    }

    @Override
    public void close() {
        stop();
        restarts.shutdownNow();
    }
}
