package org.voyage.indicators.live;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.evidence.EvidenceIngester;

/** Probe of the freshness of the live figures. It takes no lock and asks neither Kafka nor PostgreSQL. */
@ApplicationScoped
public class LiveFreshnessProbe {

    /** The log is asked several times a second; an older answer means that it does not answer. */
    private static final Duration MAX_ANSWER_AGE = Duration.ofSeconds(2);

    private static final double MILLIS_PER_SECOND = 1000;

    private final LiveFiguresUpdater updater;
    private final EvidenceIngester evidence;
    private final Clock clock;

    LiveFreshnessProbe(LiveFiguresUpdater updater, EvidenceIngester evidence, Clock clock) {
        this.updater = updater;
        this.evidence = evidence;
        this.clock = clock;
    }

    public LiveFreshness readStanding() {
        OptionalLong lag = updater.lag();
        Optional<Duration> behind = updater.timeSinceCaughtUp();
        boolean complete = updater.hasCaughtUp()
                && lag.orElse(1) == 0
                && behind.filter(age -> age.compareTo(MAX_ANSWER_AGE) < 0).isPresent();
        return new LiveFreshness(
                clock.instant(),
                complete,
                toNullable(lag),
                complete
                        ? Double.valueOf(0)
                        : behind.map(LiveFreshnessProbe::toSeconds).orElse(null),
                toNullable(evidence.lag()));
    }

    private static Double toSeconds(Duration age) {
        return age.toMillis() / MILLIS_PER_SECOND;
    }

    private static @Nullable Long toNullable(OptionalLong number) {
        return number.isPresent() ? number.getAsLong() : null;
    }
}
