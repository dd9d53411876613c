package org.voyage.indicators.query;

import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import java.util.Set;
import org.voyage.indicators.config.IndicatorsConfig;
import org.voyage.indicators.live.LiveFiguresUpdater;
import org.voyage.indicators.query.http.PublicFigureView;
import org.voyage.kit.access.Caller;
import org.voyage.kit.access.Province;
import org.voyage.kit.access.Role;
import org.voyage.kit.problem.Refusal;

/**
 * What the caller may see of the figures: national totals are for every bureau, the values of a single province or
 * college only for its own. What readers outside see says {@link PublicFigureView}.
 */
@RequestScoped
public class FigureAccessPolicy {

    public static final String PROVINCE_DIMENSION = "province";
    private static final String COLLEGE_DIMENSION = "college";

    private final Caller caller;
    private final LiveFiguresUpdater live;
    private final boolean isPublic;

    FigureAccessPolicy(Caller caller, LiveFiguresUpdater live, IndicatorsConfig config) {
        this.caller = caller;
        this.live = live;
        this.isPublic = config.isPublic();
    }

    /** Whether it reads what readers outside see: an alliance, and whoever has no token where figures are public. */
    public boolean isOutside() {
        if (caller.authenticatedClientId().isEmpty()) {
            return isPublic;
        }
        return caller.hasRole(Role.ALLIANCE)
                && !caller.hasRole(Role.BUREAU)
                && !caller.hasRole(Role.OPERATOR)
                && !caller.hasRole(Role.AUDITOR);
    }

    /**
     * @return the only province whose own values may be shown; empty when all may
     * @throws Refusal.Unauthenticated without a token
     * @throws Refusal.Forbidden for who reads no figures
     */
    public Optional<String> visibleProvince() {
        return caller.requireReadScope().province().map(Province::code);
    }

    /**
     * The question as it may be answered: a bureau that asks about colleges asks about those of its own province, so that
     * another's college is like one that is not there.
     *
     * @throws Refusal.NotFound when another province's values are asked for
     */
    public FigureQuery restrictToProvince(FigureQuery query) {
        Optional<String> own = visibleProvince();
        if (own.isEmpty()) {
            return query;
        }
        Set<String> asked = query.filters().getOrDefault(PROVINCE_DIMENSION, Set.of());
        if (!asked.isEmpty() && !asked.equals(Set.of(own.get()))) {
            throw new Refusal.NotFound();
        }
        boolean colleges = query.filters().containsKey(COLLEGE_DIMENSION)
                || query.breakdownNames().contains(COLLEGE_DIMENSION);
        return colleges ? query.withProvince(own.get()) : query;
    }

    /** Whether the answer is the caller's to read as it stands: a bureau's is none about another province, or about colleges. */
    public boolean maySee(FigureQuery query) {
        Optional<String> own = visibleProvince();
        Set<String> asked = query.filters().getOrDefault(PROVINCE_DIMENSION, Set.of());
        return own.isEmpty()
                || (asked.isEmpty() || asked.equals(Set.of(own.get())))
                        && !query.filters().containsKey(COLLEGE_DIMENSION);
    }

    /** @throws Refusal.Forbidden for everybody but who runs the platform and who audits it */
    public void requireOperatorOrAuditor() {
        caller.requireReadScope();
        if (!caller.hasRole(Role.OPERATOR) && !caller.hasRole(Role.AUDITOR)) {
            throw new Refusal.Forbidden("Only operators and auditors see this.", "仅运行人员和审计人员可以查看。");
        }
    }

    /**
     * @param refused what everybody else is told
     * @return the client id of the operator
     * @throws Refusal.Forbidden for everybody else
     */
    public String requireOperator(String refused, String refusedZh) {
        String by = caller.clientId();
        if (!caller.hasRole(Role.OPERATOR)) {
            throw new Refusal.Forbidden(refused, refusedZh);
        }
        return by;
    }

    /** @throws Refusal.Unavailable while the figures are being filled after a start */
    public void requireFiguresReady() {
        if (!live.hasCaughtUp()) {
            throw new Refusal.Unavailable(2);
        }
    }
}
