package org.voyage.indicators.query;

import jakarta.enterprise.context.RequestScoped;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.config.IndicatorsConfig;
import org.voyage.indicators.live.LiveFiguresUpdater;
import org.voyage.kit.access.Caller;
import org.voyage.kit.access.Province;
import org.voyage.kit.access.Role;
import org.voyage.kit.http.QueryParameters;
import org.voyage.kit.input.CodeSet;
import org.voyage.kit.problem.Refusal;

/**
 * Access policy of the figures. Every bureau sees national totals, but values of single provinces or colleges only for
 * its own province. {@code PublicFigureView} defines the view of external readers.
 */
@RequestScoped
public class FigureAccessPolicy {

    public static final String PROVINCE_DIMENSION = "province";
    /** Query parameter that asks for the view of external readers. */
    public static final String VIEW_PARAMETER = "as";

    /** Description of {@value #VIEW_PARAMETER} in the OpenAPI document. */
    public static final String VIEW_DESCRIPTION =
            "outside, for operators and auditors: the answer that readers outside get, such as alliances / "
                    + "outside：供运行人员和审计人员查看联盟等外部读者所得到的结果";

    private static final CodeSet<String> VIEWS = CodeSet.of(VIEW_PARAMETER, List.of("outside"));
    private static final String COLLEGE_DIMENSION = "college";

    private final Caller caller;
    private final LiveFiguresUpdater live;
    private final boolean isPublic;

    FigureAccessPolicy(Caller caller, LiveFiguresUpdater live, IndicatorsConfig config) {
        this.caller = caller;
        this.live = live;
        this.isPublic = config.isPublic();
    }

    /**
     * Returns whether the caller is an external reader: an alliance, or a caller without a token where figures are
     * public.
     */
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
     * Returns whether the answer is that for an external reader: the caller is one, or asks to see what one sees.
     *
     * @param view the query parameter {@value #VIEW_PARAMETER}: {@code outside} or absent
     * @throws Refusal.Malformed for another view
     * @throws Refusal.Forbidden for a caller that is no external reader, operator or auditor
     */
    public boolean isAnsweredOutside(@Nullable String view) {
        if (view == null || isOutside()) {
            return isOutside();
        }
        QueryParameters.parseCode(VIEW_PARAMETER, view, VIEWS);
        requireOperatorOrAuditor();
        return true;
    }

    /**
     * Returns the visible province.
     *
     * @return the only province whose own values may be shown; empty when all may
     * @throws Refusal.Unauthenticated without a token
     * @throws Refusal.Forbidden for a caller that reads no figures
     */
    public Optional<String> visibleProvince() {
        return caller.requireReadScope().province().map(Province::code);
    }

    /**
     * Restricts a query to the caller's rights. A bureau's query on colleges is restricted to its own province, so that
     * a college elsewhere looks like one that does not exist.
     *
     * @throws Refusal.NotFound when the query names another province
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

    /**
     * Returns whether the caller may see the answer unchanged. A bureau may not see answers on another province, or on
     * colleges.
     */
    public boolean maySee(FigureQuery query) {
        Optional<String> own = visibleProvince();
        Set<String> asked = query.filters().getOrDefault(PROVINCE_DIMENSION, Set.of());
        return own.isEmpty()
                || (asked.isEmpty() || asked.equals(Set.of(own.get())))
                        && !query.filters().containsKey(COLLEGE_DIMENSION);
    }

    /** @throws Refusal.Forbidden for all callers except operators and auditors */
    public void requireOperatorOrAuditor() {
        caller.requireReadScope();
        if (!caller.hasRole(Role.OPERATOR) && !caller.hasRole(Role.AUDITOR)) {
            throw new Refusal.Forbidden("Only operators and auditors see this.", "仅运行人员和审计人员可以查看。");
        }
    }

    /**
     * Requires an operator.
     *
     * @param refused detail of the refusal
     * @return the client id of the operator
     * @throws Refusal.Forbidden for all other callers
     */
    public String requireOperator(String refused, String refusedZh) {
        String by = caller.clientId();
        if (!caller.hasRole(Role.OPERATOR)) {
            throw new Refusal.Forbidden(refused, refusedZh);
        }
        return by;
    }

    /** Returns whether the service has loaded the figures after a start. */
    public boolean areFiguresReady() {
        return live.hasCaughtUp();
    }

    /** @throws Refusal.Unavailable while the service loads the figures after a start */
    public void requireFiguresReady() {
        if (!areFiguresReady()) {
            throw new Refusal.Unavailable(2);
        }
    }
}
