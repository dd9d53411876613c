package org.voyage.local;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Keeps a {@link Part} running: a process that dies is started again, sooner at first and then ever later. */
final class Supervised implements AutoCloseable {
    private static final long FIRST_PAUSE_MS = 200;
    private static final long LONGEST_PAUSE_MS = 10_000;
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

    private final Part part;
    private final ScheduledExecutorService restarts = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("restarts").factory());
    private @Nullable Child child;
    private boolean wanted;
    private long pauseMs = FIRST_PAUSE_MS;
    private long startedAt;

    Supervised(Part part) {
        this.part = part;
    }

    /** Returns when the part answers; throws {@link CannotStart} when it ends before, or is silent for too long. */
    void start() {
        launch();
        awaitReady(true);
    }

    private synchronized void launch() {
        wanted = true;
        startedAt = System.nanoTime();
        Child started = Child.start(part);
        child = started;
        var unused = started.onExit().thenRun(() -> ended(started));
    }

    private synchronized void ended(Child dead) {
        if (!wanted || child != dead) {
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
                TimeUnit.MILLISECONDS.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CannotStart("Interrupted while " + part.name() + " was starting.", e);
            }
        }
    }

    private String lastWords() {
        String where = " (log: " + part.log() + ")";
        try {
            List<String> lines = Files.readAllLines(part.log());
            return lines.isEmpty() ? where : ", saying \"" + lines.getLast().strip() + "\"" + where;
        } catch (IOException e) {
            return where;
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
