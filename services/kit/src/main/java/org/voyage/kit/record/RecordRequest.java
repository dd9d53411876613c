package org.voyage.kit.record;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.Caller;
import org.voyage.kit.access.Province;
import org.voyage.kit.access.Scope;
import org.voyage.kit.audit.Audit;
import org.voyage.kit.audit.AuditOrigin;
import org.voyage.kit.web.ETags;
import org.voyage.kit.web.Finding;
import org.voyage.kit.web.Query;
import org.voyage.kit.web.Refusal;
import org.voyage.kit.web.RequestId;
import org.voyage.kit.web.SourceId;

/** What every request about a record is asked first: who, which record, under which conditions. */
@ApplicationScoped
public class RecordRequest {

    private static final int LONGEST_REASON = 500;
    private static final Instant FAR_FUTURE = Instant.parse("9999-01-01T00:00:00Z");

    private final Caller caller;
    private final RequestId requestId;
    private final Audit audit;

    RecordRequest(Caller caller, RequestId requestId, Audit audit) {
        this.caller = caller;
        this.requestId = requestId;
        this.audit = audit;
    }

    /** The record the caller is about to write. @throws Refusal when it may not */
    public RecordKey writes(String province, String sourceId) {
        Province its = Province.inPath(province);
        caller.writes(its);
        return new RecordKey(its, SourceId.inPath(sourceId).value());
    }

    /** The record the caller is about to read. @throws Refusal when it may not */
    public RecordKey reads(String province, String sourceId) {
        Scope scope = caller.reads();
        Province its = Province.inPath(province);
        if (!scope.covers(its)) {
            throw new Refusal.NotFound();
        }
        return new RecordKey(its, SourceId.inPath(sourceId).value());
    }

    public Scope scope() {
        return caller.reads();
    }

    /** @param year that the record is about which the request writes; null if it does not say */
    void isAbout(@Nullable Integer year) {
        audit.isAbout(year);
    }

    /** Who asks, and from where, for the audit trail. */
    AuditOrigin origin() {
        return audit.here();
    }

    public Cause cause() {
        return Cause.request(requestId.value(), caller.clientId());
    }

    /** If-Match and If-None-Match; a withdrawn record is not there. */
    public <T> Consumer<@Nullable Version<T>> conditions(HttpHeaders headers) {
        ETags tags = ETags.of(headers);
        return there -> tags.require(
                there == null || there.withdrawn() ? OptionalLong.empty() : OptionalLong.of(there.number()));
    }

    /** The moment asked for, or a time after every version. */
    public static Instant moment(@Nullable String asOf) {
        Instant moment = Query.instant("asOf", asOf);
        return moment == null ? FAR_FUTURE : moment;
    }

    /** The reason of a withdrawal. */
    public static String reason(@Nullable String reason) {
        String text = Query.text("reason", reason, LONGEST_REASON);
        if (text == null || text.isBlank()) {
            throw new Refusal.Malformed(Finding.query("reason", "required", "Say why it is withdrawn.", "请说明撤回原因。"));
        }
        return text;
    }
}
