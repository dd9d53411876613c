package org.voyage.kit.record.http;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.bulk.BatchUploadHandler;
import org.voyage.kit.http.JsonBody;
import org.voyage.kit.http.TextLanguage;
import org.voyage.kit.input.CodeSet;
import org.voyage.kit.input.FieldReader;
import org.voyage.kit.input.PersonalTextRules;
import org.voyage.kit.input.SourceId;
import org.voyage.kit.input.TextFormat;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;
import org.voyage.kit.record.ChangeCause;
import org.voyage.kit.record.RecordKey;
import org.voyage.kit.record.RecordMove;
import org.voyage.kit.record.RecordSubmission;
import org.voyage.kit.record.RecordType;
import org.voyage.kit.record.RecordVersion;
import org.voyage.kit.record.ReportingYearField;
import org.voyage.kit.record.SqlConditions;
import org.voyage.kit.record.WriteMode;
import org.voyage.kit.record.write.GroupCommitWriter;
import org.voyage.kit.record.write.RecordCommands;
import org.voyage.kit.record.write.RetryingTransactions;
import org.voyage.kit.sheet.RecordForm;
import org.voyage.kit.sheet.TemplateFile;

/**
 * Endpoint with the HTTP operations of one record type. {@link RecordRoutes} names their paths, and a resource its
 * own filters.
 */
public final class RecordRequestHandler<T> {

    private static final TextFormat REASON_FORMAT = TextFormat.upTo(500);
    private static final CodeSet<RecordMove.MergeSide> MERGE_SIDES = CodeSet.of("keep", RecordMove.MergeSide.class);

    private final RecordCommands<T> commands;
    private final RecordType<T> type;
    private final RecordRequest request;
    private final BatchUploadHandler bulk;
    private final RecordResponses<T> answers;
    private final GroupCommitWriter<T> singles;

    public RecordRequestHandler(
            RecordCommands<T> commands, RecordType<T> type, RecordRequest request, BatchUploadHandler bulk) {
        this.commands = commands;
        this.type = type;
        this.request = request;
        this.bulk = bulk;
        this.answers = new RecordResponses<>(type);
        this.singles = new GroupCommitWriter<>(commands, type);
    }

    /**
     * Stores a record, with its parked children or in one transaction with other waiting writes; the request holds no
     * thread until it is answered. A client that disconnects does not cancel the write ({@code Cancellable(false)} of
     * {@link RecordRoutes}), and the outcome is recorded for the client too.
     */
    public CompletionStage<Response> put(String province, String sourceId, JsonBody body, HttpHeaders headers) {
        RecordSubmission<T> sent = readSubmission(province, sourceId, body, headers);
        return singles.submitWrite(sent, request.origin()).thenApply(answers::writeResponse);
    }

    private RecordSubmission<T> readSubmission(String province, String sourceId, JsonBody body, HttpHeaders headers) {
        RecordKey key = request.requireWritableKey(province, sourceId);
        ReportingYearField<T> about = type.about();
        request.setReportingYear(about == null ? null : about.yearOf(body.object()));
        Consumer<@Nullable RecordVersion<T>> tags = request.preconditionOf(headers);
        return commands.readSubmission(key, body.fields(), request.cause()).withPrecondition(there -> {
            if (there == null || there.isWithdrawn()) {
                // A record of an earlier version may have such a key, and is corrected under it.
                SourceId.requireImpersonal(key.sourceId(), isOfPersons());
            }
            tags.accept(there);
        });
    }

    /** Returns whether keys and reasons may name a person. */
    private boolean isOfPersons() {
        return RecordForm.of(type.name()).ofPersons();
    }

    public Response withdraw(String province, String sourceId, @Nullable String reason, HttpHeaders headers) {
        RecordKey key = request.requireWritableKey(province, sourceId);
        String because = RecordRequest.parseReason(reason);
        Finding personal = PersonalTextRules.checkText("?reason", because, isOfPersons());
        if (personal != null) {
            throw new Refusal.Invalid(personal);
        }
        RecordSubmission<T> sent = RecordSubmission.<T>withdrawal(key, because, request.cause())
                .withPrecondition(request.preconditionOf(headers));
        return answers.writeResponse(
                RetryingTransactions.runInTransaction(() -> commands.writeRecords(List.of(sent), WriteMode.COMMIT)));
    }

    /** Renames a record. Body: {@code sourceId}, the new key, and {@code reason}. */
    public Response rename(String province, String sourceId, JsonBody body, HttpHeaders headers) {
        return moveRecord(province, sourceId, body, headers, "sourceId", ChangeCause.ChangeCauseKind.RENAME);
    }

    /**
     * Merges a record. Body: {@code into}, the sourceId of the record that remains, {@code reason}, and for parents
     * {@code keep}, the side whose duplicates remain.
     */
    public Response merge(String province, String sourceId, JsonBody body, HttpHeaders headers) {
        return moveRecord(province, sourceId, body, headers, "into", ChangeCause.ChangeCauseKind.MERGE);
    }

    private Response moveRecord(
            String province,
            String sourceId,
            JsonBody body,
            HttpHeaders headers,
            String target,
            ChangeCause.ChangeCauseKind how) {
        RecordKey key = request.requireWritableKey(province, sourceId);
        FieldReader fields = body.fields();
        String to = fields.readText(target, SourceId.FORMAT);
        if (fields.isSound() && how == ChangeCause.ChangeCauseKind.RENAME) {
            refusePersonalText(fields, target, PersonalTextRules.checkKey("/" + target, to, isOfPersons()));
        }
        String reason = fields.readText("reason", REASON_FORMAT);
        refusePersonalText(fields, "reason", PersonalTextRules.checkText("/reason", reason, isOfPersons()));
        RecordMove.MergeSide keep = how == ChangeCause.ChangeCauseKind.MERGE && commands.mayHaveDuplicateChildren()
                ? fields.readOptionalCode("keep", MERGE_SIDES)
                : null;
        fields.requireNoFindings();
        RecordMove move = new RecordMove(new RecordKey(key.province(), to), how, keep);
        RecordSubmission<T> sent = RecordSubmission.<T>withdrawal(key, reason, request.cause())
                .withPrecondition(request.preconditionOf(headers));
        return answers.writeResponse(
                RetryingTransactions.runInTransaction(() -> commands.moveRecord(sent, move, WriteMode.COMMIT)));
    }

    private static void refusePersonalText(FieldReader fields, String field, @Nullable Finding finding) {
        if (finding != null) {
            fields.refuseField(field, finding.rule(), finding.detail(), finding.detailZh());
        }
    }

    public Response get(String province, String sourceId, @Nullable String asOf, HttpHeaders headers) {
        return recordReads().get(province, sourceId, asOf, headers);
    }

    public Response history(String province, String sourceId) {
        return recordReads().history(province, sourceId);
    }

    /**
     * Returns a page of records.
     *
     * @param where the record's own filters; a cursor of other filter values is refused
     */
    public Response list(ListQuery query, SqlConditions where) {
        return recordReads().list(query, where);
    }

    /** Creates the reads lazily, when the service behind its proxy exists. */
    private RecordReads<T> recordReads() {
        return new RecordReads<>(commands.records(), request);
    }

    /** Returns the spreadsheet to fill in, for every caller that may read the records. */
    public Response getTemplate(@Nullable String lang, HttpHeaders headers) {
        return TemplateFile.toResponse(request.createForm(type.name()), TextLanguage.parse(lang, headers));
    }

    public Response postBatch(
            @Nullable String mode,
            @Nullable String dryRun,
            @Nullable String tried,
            HttpHeaders headers,
            InputStream body) {
        return bulk.post(type.name(), headers, mode, dryRun, tried, body);
    }
}
