package org.voyage.feeds.scope;

import io.quarkus.arc.Unremovable;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Instant;
import javax.sql.DataSource;
import org.voyage.feeds.ShiftedClock;

/** Calendar of the service under test: the clock of the database is shifted like that of the service. */
@Alternative
@Priority(1)
@Singleton
@Unremovable
public class ShiftedScopeCalendar extends ScopeCalendar {

    private final ShiftedClock clock;

    ShiftedScopeCalendar(DataSource dataSource, ShiftedClock clock) {
        super(dataSource);
        this.clock = clock;
    }

    @Override
    Instant shift(Instant time) {
        return time.plus(clock.shift());
    }
}
