package org.voyage.feeds;

import io.quarkus.arc.Unremovable;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.voyage.kit.reference.ChinaTime;

/** Clock of the service under test. It goes on like that of the machine, at another time if a test wants it. */
@Alternative
@Priority(1)
@Singleton
@Unremovable
public class ShiftedClock extends Clock {

    private final Clock machine = Clock.systemUTC();
    private volatile Duration shift = Duration.ZERO;

    /** Lets the clock go on from a time. */
    public void goOnFrom(Instant time) {
        shift = Duration.between(machine.instant(), time);
    }

    public void goOnWithMachine() {
        shift = Duration.ZERO;
    }

    /** Returns how far the clock is from that of the machine. */
    public Duration shift() {
        return shift;
    }

    @Override
    public Instant instant() {
        return machine.instant().plus(shift);
    }

    @Override
    public ZoneId getZone() {
        return ChinaTime.CHINA_ZONE;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("the clock of tests has the zone of the service");
    }
}
