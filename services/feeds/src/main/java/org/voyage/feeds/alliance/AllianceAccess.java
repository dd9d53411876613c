package org.voyage.feeds.alliance;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import javax.sql.DataSource;
import org.voyage.kit.access.Caller;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.problem.Refusal;

/** Check whether an alliance may read now. It asks the database each time, so that a suspension holds at every instance. */
@ApplicationScoped
public class AllianceAccess {

    private static final String SUSPENSION_SQL =
            "select suspended_at is not null from alliance where code = ? and withdrawn_at is null";

    private final Caller caller;
    private final JdbcClient database;

    AllianceAccess(Caller caller, DataSource dataSource) {
        this.caller = caller;
        this.database = new JdbcClient(dataSource);
    }

    /**
     * Returns the code of the calling alliance.
     *
     * @throws Refusal.Forbidden for another role
     * @throws Refusal.AllianceSuspended for a suspended alliance
     * @throws Refusal.AllianceNotAdmitted for an alliance that is not admitted
     */
    public String requireAlliance() {
        String alliance = caller.requireAlliance();
        if (findSuspension(alliance).orElseThrow(Refusal.AllianceNotAdmitted::new)) {
            throw new Refusal.AllianceSuspended();
        }
        return alliance;
    }

    /** Returns whether the alliance is admitted and not suspended; for streams and deliveries that go on. */
    public boolean mayRead(String alliance) {
        return findSuspension(alliance).filter(suspended -> !suspended).isPresent();
    }

    private Optional<Boolean> findSuspension(String alliance) {
        return database.queryFirst(SUSPENSION_SQL, row -> row.getBoolean(1), alliance);
    }
}
