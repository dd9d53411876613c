package org.voyage.kit.health;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Heartbeat of one component; see {@link ComponentHealth}. Any thread may call it; a beat costs nanoseconds. */
public final class ComponentHeartbeat {

    private final Duration silence;
    private final @Nullable Thread thread;
    private final Consumer<ComponentHeartbeat> retirement;

    private volatile long beatNanos = System.nanoTime();
    private volatile @Nullable String failure;

    ComponentHeartbeat(Duration silence, Consumer<ComponentHeartbeat> retirement) {
        this.silence = silence;
        this.thread = null;
        this.retirement = retirement;
    }

    ComponentHeartbeat(Thread thread, Consumer<ComponentHeartbeat> retirement) {
        this.silence = Duration.ZERO;
        this.thread = thread;
        this.retirement = retirement;
    }

    /** Reports that the component works; ends a reported failure. */
    public void beat() {
        beatNanos = System.nanoTime();
        if (failure != null) {
            failure = null;
        }
    }

    /**
     * Reports that the component does not work, until its next beat.
     *
     * @param reason as health reports it; without personal data
     */
    public void reportFailure(String reason) {
        failure = reason;
    }

    /** Ends the watch over the component, which ends on purpose. */
    public void retire() {
        retirement.accept(this);
    }

    /** Returns the reported failure, or the silence if it lasts too long, or the end of the thread. */
    Optional<String> findFault() {
        @Nullable String reported = failure;
        if (reported != null) {
            return Optional.of(reported);
        }
        if (thread != null) {
            return thread.isAlive() ? Optional.empty() : Optional.of("its thread has ended");
        }
        long silentNanos = System.nanoTime() - beatNanos;
        return silentNanos > silence.toNanos()
                ? Optional.of("silent for " + TimeUnit.NANOSECONDS.toSeconds(silentNanos) + " s")
                : Optional.empty();
    }
}
