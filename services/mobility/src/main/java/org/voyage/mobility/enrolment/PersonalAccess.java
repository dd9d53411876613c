package org.voyage.mobility.enrolment;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.Caller;
import org.voyage.kit.access.DatabaseScope;
import org.voyage.kit.access.Province;
import org.voyage.kit.access.Role;
import org.voyage.kit.access.Scope;
import org.voyage.kit.audit.AuditEntry;
import org.voyage.kit.audit.AuditTrail;
import org.voyage.kit.input.SourceId;
import org.voyage.kit.problem.ProblemType;
import org.voyage.kit.problem.Refusal;
import org.voyage.kit.record.RecordKey;
import org.voyage.kit.record.SqlConditions;
import org.voyage.mobility.personal.PersonalDataService;

/** Access check for personal data: a bureau reads its own, a privacy officer reads all. */
@ApplicationScoped
class PersonalAccess {

    private final Caller caller;
    private final AuditTrail audit;
    private final InboundEnrolmentService enrolments;

    PersonalAccess(Caller caller, AuditTrail audit, InboundEnrolmentService enrolments) {
        this.caller = caller;
        this.audit = audit;
        this.enrolments = enrolments;
    }

    /**
     * Reads personal data for a permitted caller. The audit trail records a refused or empty read before the answer.
     *
     * @param reading read of a record; the scope limits the other enrolments that the caller may know
     * @throws Refusal.NotFound if nothing is there, or it is another province's
     * @throws Refusal.Forbidden for every other role
     */
    <T> T readAudited(String province, String sourceId, BiFunction<RecordKey, Scope, Optional<T>> reading) {
        try {
            Scope scope = requireWriteScope();
            return reading.apply(requireKey(scope, province, sourceId), scope).orElseThrow(Refusal.NotFound::new);
        } catch (Refusal.Forbidden | Refusal.NotFound | Refusal.Malformed refusal) {
            auditRefusal(refusal, Province.find(province).orElse(null), sourceId);
            throw refusal;
        }
    }

    /**
     * Records the refusal as an entry of the requested province, like a read. That province's bureau sees the entry.
     * The refused bureau does not, so it cannot learn from it whether the enrolment exists.
     */
    private void auditRefusal(Refusal refusal, @Nullable Province province, String sourceId) {
        ProblemType problem = ProblemType.of(refusal);
        audit.appendInOwnTransaction(AuditEntry.refused(
                "personal-read",
                PersonalDataService.RECORD_NAME,
                province,
                province != null && isEnrolmentKey(province, sourceId) ? sourceId : null,
                Map.of("status", problem.status(), "problem", problem.slug())));
    }

    /**
     * Returns whether the path names the key of an enrolment, which events and lists show anyway. Other text in a path
     * may be a person's name.
     */
    private boolean isEnrolmentKey(Province province, String sourceId) {
        SqlConditions key = new SqlConditions().and("province = ? and source_id = ?", province.code(), sourceId);
        return SourceId.findProblem("", sourceId) == null
                && DatabaseScope.runForAllProvinces(() -> !enrolments
                        .records()
                        .table()
                        .listNewest(key, "source_id", 1)
                        .isEmpty());
    }

    /**
     * Returns the scope of a change; the audit trail records a refusal like that of any write.
     *
     * @throws Refusal.Forbidden for every other role
     */
    Scope requireWriteScope() {
        caller.clientId();
        if (caller.hasRole(Role.PRIVACY_OFFICER)) {
            return new Scope.NationalScope();
        }
        if (caller.hasRole(Role.BUREAU)) {
            return new Scope.ProvinceScope(caller.requireWritableProvince());
        }
        throw new Refusal.Forbidden(
                "Personal data is for the owning bureau and the privacy officer.", "个人信息仅限所属省级部门和个人信息保护负责人处理。");
    }

    /**
     * Returns the key of the record in the path.
     *
     * @throws Refusal.NotFound if it is another province's
     */
    RecordKey requireKey(Scope scope, String province, String sourceId) {
        Province its = Province.fromPath(province);
        if (!scope.covers(its)) {
            throw new Refusal.NotFound();
        }
        return new RecordKey(its, SourceId.fromPath(sourceId).value());
    }
}
