package org.voyage.feeds.alliance;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import org.voyage.kit.access.Caller;
import org.voyage.kit.access.Role;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kit.problem.Refusal;

/** Rights of the caller on what belongs to an alliance: operators write; operators, auditors and the alliance itself read. */
@ApplicationScoped
public class AllianceCaller {

    private final Caller caller;
    private final AllianceAccess access;

    AllianceCaller(Caller caller, AllianceAccess access) {
        this.caller = caller;
        this.access = access;
    }

    /**
     * Requires an operator.
     *
     * @return its client id
     * @throws Refusal.Forbidden for every other role
     */
    public String requireOperator() {
        String client = caller.clientId();
        if (!caller.hasRole(Role.OPERATOR)) {
            throw new Refusal.Forbidden("Only an operator may do this.", "只有运行人员可以执行此操作。");
        }
        return client;
    }

    /** Requires an operator or auditor. @throws Refusal.Forbidden for every other role */
    public void requireStaff() {
        caller.clientId();
        if (!isStaff()) {
            throw new Refusal.Forbidden("This role may not read this.", "当前角色无权读取此内容。");
        }
    }

    /** Returns whether the caller is an operator or auditor. */
    public boolean isStaff() {
        return caller.hasRole(Role.OPERATOR) || caller.hasRole(Role.AUDITOR);
    }

    /**
     * Requires that the caller may read what belongs to an alliance.
     *
     * @return the code of the alliance
     * @throws Refusal.NotFound for another alliance, like for one that does not exist
     * @throws Refusal.AllianceNotAdmitted for an alliance that is not admitted and reads its own
     * @throws Refusal.AllianceSuspended for a suspended alliance that reads its own
     */
    public String requireReadable(String alliance) {
        caller.requireAllianceReadAccess(alliance);
        if (!isStaff()) {
            access.requireAlliance();
        }
        return AllianceKeys.requireCode(alliance);
    }

    /** Adds the receipt of a write, if it has written anything. */
    public static Response.ResponseBuilder addReceipt(Response.ResponseBuilder response, Receipt receipt) {
        return receipt.isEmpty() ? response : response.header(Receipt.HEADER, receipt.text());
    }
}
