package org.voyage.kit.record.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.Caller;
import org.voyage.kit.access.Province;
import org.voyage.kit.access.Scope;
import org.voyage.kit.audit.AuditOrigin;
import org.voyage.kit.audit.AuditTrail;
import org.voyage.kit.guard.RequestId;
import org.voyage.kit.http.CursorCodec;
import org.voyage.kit.http.ETags;
import org.voyage.kit.http.QueryParameters;
import org.voyage.kit.input.SourceId;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;
import org.voyage.kit.quota.StorageQuota;
import org.voyage.kit.record.ChangeCause;
import org.voyage.kit.record.RecordKey;
import org.voyage.kit.record.RecordVersion;
import org.voyage.kit.sheet.RecordForm;
import org.voyage.kit.sheet.RecordFormFactory;
import org.voyage.kit.trace.EventTraces;

/** Common checks of every request about a record: caller, key, conditions. */
@ApplicationScoped
public class RecordRequest {

    private static final int MAX_REASON_LENGTH = 500;
    private static final Instant FAR_FUTURE = Instant.parse("9999-01-01T00:00:00Z");

    private final Caller caller;
    private final RequestId requestId;
    private final AuditTrail audit;
    private final CursorCodec cursors;
    private final RecordFormFactory forms;
    private final StorageQuota storage;

    RecordRequest(
            Caller caller,
            RequestId requestId,
            AuditTrail audit,
            CursorCodec cursors,
            RecordFormFactory forms,
            StorageQuota storage) {
        this.forms = forms;
        this.storage = storage;
        this.caller = caller;
        this.requestId = requestId;
        this.audit = audit;
        this.cursors = cursors;
    }

    /** Returns the codec of the cursors of lists. */
    CursorCodec cursors() {
        return cursors;
    }

    /**
     * Returns the key of the record to write.
     *
     * @throws Refusal if the caller may not write it, or its province has stored enough for today
     */
    public RecordKey requireWritableKey(String province, String sourceId) {
        Province its = Province.fromPath(province);
        caller.requireWriteAccess(its);
        requireRoomToStore(its);
        return new RecordKey(its, SourceId.fromPath(sourceId).value());
    }

    /** @throws Refusal.QuotaExceeded if the province has stored enough for today */
    public void requireRoomToStore(Province province) {
        storage.requireRoom(province);
    }

    /** Returns the key of the record to read. @throws Refusal if the caller may not read it */
    public RecordKey requireReadableKey(String province, String sourceId) {
        Scope scope = caller.requireReadScope();
        Province its = Province.fromPath(province);
        if (!scope.covers(its)) {
            throw new Refusal.NotFound();
        }
        return new RecordKey(its, SourceId.fromPath(sourceId).value());
    }

    public Scope requireReadScope() {
        return caller.requireReadScope();
    }

    /** Returns the form of a record with the colleges of the caller's province; with none for a caller of several. */
    RecordForm createForm(String record) {
        return forms.createForm(record, requireReadScope().province());
    }

    /**
     * Sets the reporting year of the record that the request writes.
     *
     * @param year null if the record does not say
     */
    void setReportingYear(@Nullable Integer year) {
        audit.setReportingYear(year);
    }

    /** Returns the caller and its address, for the audit trail. */
    AuditOrigin origin() {
        return audit.currentOrigin();
    }

    public ChangeCause cause() {
        return ChangeCause.request(requestId.value(), caller.clientId())
                .withTraceparent(EventTraces.currentTraceparent());
    }

    /** Returns the check of If-Match and If-None-Match; a withdrawn record counts as absent. */
    public <T> Consumer<@Nullable RecordVersion<T>> preconditionOf(HttpHeaders headers) {
        ETags tags = ETags.of(headers);
        return there -> tags.requireMatch(
                there == null || there.isWithdrawn() ? OptionalLong.empty() : OptionalLong.of(there.number()));
    }

    /** Parses the point in time of a query, or returns a time after every version. */
    public static Instant parseAsOf(@Nullable String asOf) {
        Instant moment = QueryParameters.parseInstant("asOf", asOf);
        return moment == null ? FAR_FUTURE : moment;
    }

    /** Parses the reason of a withdrawal. */
    public static String parseReason(@Nullable String reason) {
        String text = QueryParameters.parseText("reason", reason, MAX_REASON_LENGTH);
        if (text == null || text.isBlank()) {
            throw new Refusal.Malformed(Finding.query("reason", "required", "Say why it is withdrawn.", "请说明撤回原因。"));
        }
        return text;
    }
}
