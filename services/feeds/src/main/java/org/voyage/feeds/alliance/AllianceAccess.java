package org.voyage.feeds.alliance;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import javax.sql.DataSource;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.voyage.kit.access.Caller;
import org.voyage.kit.access.Role;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;

/** Check whether an alliance may read now. It asks the database each time, so that a suspension holds at every instance. */
@ApplicationScoped
public class AllianceAccess {

    /** Rule of the finding that a suspended alliance gets. */
    public static final String SUSPENDED_RULE = "alliance-suspended";

    private static final String SUSPENSION_SQL =
            "select suspended_at is not null from alliance where code = ? and withdrawn_at is null";

    private final Caller caller;
    private final SecurityIdentity identity;
    private final JdbcClient database;

    AllianceAccess(Caller caller, SecurityIdentity identity, DataSource dataSource) {
        this.caller = caller;
        this.identity = identity;
        this.database = new JdbcClient(dataSource);
    }

    /**
     * Returns the code of the calling alliance.
     *
     * @throws Refusal.Forbidden for another role, and for a suspended alliance
     * @throws Refusal.NotFound for an alliance that is not admitted
     */
    public String requireAlliance() {
        String alliance = requireClaim();
        if (findSuspension(alliance).orElseThrow(Refusal.NotFound::new)) {
            throw new Refusal.Forbidden(new Finding(
                    "", SUSPENDED_RULE, "The alliance is suspended; ask the operators.", "该联盟已被暂停，请联系运行人员。"));
        }
        return alliance;
    }

    /** Returns whether the alliance is admitted and not suspended; for streams and deliveries that go on. */
    public boolean mayRead(String alliance) {
        return findSuspension(alliance).filter(suspended -> !suspended).isPresent();
    }

    private String requireClaim() {
        caller.clientId();
        if (!caller.hasRole(Role.ALLIANCE)) {
            throw new Refusal.Forbidden("Only an alliance may do this.", "只有联盟可以执行此操作。");
        }
        if (identity.getPrincipal() instanceof JsonWebToken token
                && token.getClaim("alliance") instanceof String code) {
            return code;
        }
        throw new Refusal.Forbidden("The token names no alliance.", "令牌未包含有效的联盟代码。");
    }

    private Optional<Boolean> findSuspension(String alliance) {
        return database.queryFirst(SUSPENSION_SQL, row -> row.getBoolean(1), alliance);
    }
}
