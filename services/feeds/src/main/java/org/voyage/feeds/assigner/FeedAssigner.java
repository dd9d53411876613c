package org.voyage.feeds.assigner;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.feed.FeedWakeups;
import org.voyage.feeds.record.RecordEventParser;
import org.voyage.kit.log.LogFollower;
import org.voyage.kit.log.LogReaderFactory;

/** Assigner of numbers to the events of all feeds. Of several instances one assigns, and the others stand by. */
@ApplicationScoped
public class FeedAssigner {

    /** Changes in one step. */
    public static final int STEP_MESSAGES = 500;

    private static final Duration POLL = Duration.ofMillis(20);
    /** Pause after a failure, and between two attempts to get the lease. */
    private static final Duration RETRY_PAUSE = Duration.ofMillis(500);

    private static final int CHUNKS_AHEAD = 1;

    private final AssignerLoop loop;
    private final LogFollower<AssignerLoop.ParsedChunk> follower;
    private final FeedWakeups wakeups;
    private FeedWakeups.@Nullable Registration registration;

    FeedAssigner(
            AssignerDatabase database,
            LogReaderFactory logs,
            FeedWitness witness,
            FeedScopeEvaluator evaluator,
            RecordEventParser parser,
            AssignerMetrics metrics,
            MeterRegistry registry,
            FeedWakeups wakeups,
            Clock clock,
            @All List<StepObserver> observers) {
        this.loop = new AssignerLoop(
                database,
                logs,
                witness,
                evaluator,
                parser,
                metrics,
                clock,
                point -> observers.forEach(each -> each.reach(point)));
        this.follower = new LogFollower<>("feed-assigner", loop, POLL, RETRY_PAUSE, CHUNKS_AHEAD);
        this.wakeups = wakeups;
        registry.gauge("voyage.feeds.assigner.silent.seconds", loop, each -> each.silentMillis() / 1000.0);
        registry.gauge("voyage.feeds.assigner.lag", follower, LogFollower::readLagGauge);
        registry.gauge("voyage.feeds.assigner.lag.seconds", follower, LogFollower::readLagSecondsGauge);
    }

    void start(@Observes StartupEvent event) {
        registration = wakeups.registerForChanges(loop::noteChange);
        follower.start();
    }

    void stop(@Observes ShutdownEvent event) {
        if (registration != null) {
            registration.close();
            follower.stop();
            loop.releaseLease();
        }
    }

    /**
     * Returns why only a restart helps; empty while the assigner works. A step that takes long is no fault: it would begin
     * again.
     */
    Optional<String> findFault() {
        return follower.hasEnded() ? Optional.of("its thread has ended") : Optional.empty();
    }

    /** Returns the last failure, for instance of a backend; empty after a success. */
    Optional<String> findFailure() {
        return follower.failure();
    }
}
