package org.voyage.mobility.enrolment;

import jakarta.enterprise.context.ApplicationScoped;
import org.voyage.kit.access.Caller;
import org.voyage.kit.access.Province;
import org.voyage.kit.access.Role;
import org.voyage.kit.access.Scope;
import org.voyage.kit.audit.Audit;
import org.voyage.kit.audit.AuditEntry;
import org.voyage.kit.audit.AuditOutcome;
import org.voyage.kit.record.RecordKey;
import org.voyage.kit.web.Refusal;
import org.voyage.kit.web.SourceId;
import org.voyage.mobility.personal.PersonalRecords;

/** Who may see personal data: the owning bureau its own, a privacy officer all. */
@ApplicationScoped
class PersonalAccess {

    private final Caller caller;
    private final Audit audit;

    PersonalAccess(Caller caller, Audit audit) {
        this.caller = caller;
        this.audit = audit;
    }

    /** For reading. @throws Refusal.Forbidden for every other role, which is noted */
    Scope reads() {
        try {
            return handles();
        } catch (Refusal.Forbidden refusal) {
            audit.note(new AuditEntry(
                    "personal-read", AuditOutcome.REFUSED, PersonalRecords.RECORD, null, null, "{}", null));
            throw refusal;
        }
    }

    /** For what changes it; refused, it is noted as every refused write. @throws Refusal.Forbidden for every other role */
    Scope handles() {
        caller.clientId();
        if (caller.is(Role.PRIVACY_OFFICER)) {
            return new Scope.All();
        }
        if (caller.is(Role.BUREAU)) {
            return new Scope.One(caller.writes());
        }
        throw new Refusal.Forbidden(
                "Personal data is for the owning bureau and the privacy officer.", "个人信息仅限所属省级部门和个人信息保护负责人处理。");
    }

    /** @throws Refusal.NotFound if it is another province's */
    RecordKey key(Scope scope, String province, String sourceId) {
        Province its = Province.inPath(province);
        if (!scope.covers(its)) {
            throw new Refusal.NotFound();
        }
        return new RecordKey(its, SourceId.inPath(sourceId).value());
    }
}
