package org.voyage.kit.bulk;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.net.URI;
import java.util.Objects;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.Caller;
import org.voyage.kit.access.Province;
import org.voyage.kit.audit.AuditTrail;
import org.voyage.kit.bulk.format.BatchFormat;
import org.voyage.kit.failure.FailureClassifier;
import org.voyage.kit.guard.RequestId;
import org.voyage.kit.http.AttachmentHeader;
import org.voyage.kit.http.BodyGuard;
import org.voyage.kit.http.BodyReader;
import org.voyage.kit.http.PreferHeader;
import org.voyage.kit.http.ProblemResponses;
import org.voyage.kit.http.QueryParameters;
import org.voyage.kit.input.CodeSet;
import org.voyage.kit.input.PersonalTextRules;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kit.problem.Refusal;
import org.voyage.kit.quota.StorageQuota;
import org.voyage.kit.sheet.RecordForm;

/** Handler of uploads of record files; the {@code POST …/batches} of a resource calls it. */
@ApplicationScoped
public class BatchUploadHandler {
    private static final Logger LOG = Logger.getLogger(BatchUploadHandler.class);
    private static final CodeSet<BatchMode> MODES = CodeSet.of("mode", BatchMode.class);
    private static final String ASYNC_PREFERENCE = "respond-async";
    private static final String CHANGES_PREFERENCE = "changes";
    /** Bytes of a batch without its rows, about. */
    private static final long BATCH_BYTES = 1_000;

    private final BatchLeaseStore leases;
    private final Caller caller;
    private final RequestId requestId;
    private final AuditTrail audit;
    private final BatchStore store;
    private final BatchQueries queries;
    private final BatchExecutor jobs;
    private final RowHandlerRegistry handlers;
    private final UploadSpool spool;
    private final SpoolQuota disk;
    private final StorageQuota storage;
    private final DryRunChanges tried;
    private final DryRunFileRegistry dryRunFileRegistry;
    private final ColumnMappingStore mappings;

    BatchUploadHandler(
            BatchLeaseStore leases,
            Caller caller,
            RequestId requestId,
            AuditTrail audit,
            BatchStore store,
            BatchQueries queries,
            BatchExecutor jobs,
            RowHandlerRegistry handlers,
            UploadSpool spool,
            SpoolQuota disk,
            StorageQuota storage,
            DryRunChanges tried,
            DryRunFileRegistry dryRunFileRegistry,
            ColumnMappingStore mappings) {
        this.leases = leases;
        this.caller = caller;
        this.requestId = requestId;
        this.audit = audit;
        this.store = store;
        this.queries = queries;
        this.jobs = jobs;
        this.handlers = handlers;
        this.spool = spool;
        this.disk = disk;
        this.storage = storage;
        this.tried = tried;
        this.dryRunFileRegistry = dryRunFileRegistry;
        this.mappings = mappings;
    }

    /**
     * Reads the body to its end, processes it, and answers with the finished batch. With {@code Prefer: respond-async}
     * it answers as soon as the file is received.
     *
     * @param record record type of the rows, as in topics: {@code overseas-school}; a {@link RowHandler} handles them
     * @param headers of the request: media type, content encoding, preference and name of the file
     * @param mode the query parameter: {@code rows} (default) or {@code all}
     * @param dryRun the query parameter: {@code true}, {@code false} (default), or {@code changes}: a dry run that
     *     returns the changes, see {@link DryRunChanges}
     * @param triedBatch the query parameter {@code tried}: id of the dry run whose bytes the file must have
     * @return 200 with the batch; 202 if it continues by itself; 422 if mode all was refused; otherwise the problem
     *     that ended it. The batch's address is in {@code Location}, whatever the status.
     * @throws Refusal if no batch was begun
     */
    public Response post(
            String record,
            HttpHeaders headers,
            @Nullable String mode,
            @Nullable String dryRun,
            @Nullable String triedBatch,
            InputStream body) {
        var province = caller.requireWritableProvince();
        handlers.handlerOf(record);
        storage.requireRoom(province);
        requireRoomForLength(province, headers);
        var sent = BodyReader.parseMediaType(headers);
        var batch = new Batch();
        batch.province = province.code();
        batch.record = record;
        batch.format = BatchFormat.of(sent);
        var charset = batch.format.charset(sent);
        batch.charset = charset == null ? null : charset.name();
        var chosen = QueryParameters.parseCode("mode", mode, MODES);
        batch.mode = chosen == null ? BatchMode.ROWS : chosen;
        boolean changes = CHANGES_PREFERENCE.equals(dryRun);
        batch.dryRun = changes || QueryParameters.parseFlag("dryRun", dryRun, false);
        batch.actor = caller.clientId();
        @Nullable Batch tried = triedBatch == null ? null : dryRunFileRegistry.requireDryRun(triedBatch, batch);
        batch.columnMapping =
                tried == null ? mappings.findMapping(province, record).toJson() : tried.columnMapping;
        batch.fileName = storableName(
                AttachmentHeader.parseFileName(headers.getHeaderString(AttachmentHeader.NAME)), RecordForm.of(record));
        boolean async = PreferHeader.of(headers).hasPreference(ASYNC_PREFERENCE);
        jobs.requireRoom(province, async);
        beginBatch(batch);
        return receiveFile(
                batch,
                headers.getHeaderString(HttpHeaders.CONTENT_ENCODING),
                body,
                tried == null ? null : tried.triedDigest,
                async,
                changes);
    }

    /** Returns a name that names no person; nothing for a record with personal fields, whose files are often one person's. */
    private static @Nullable String storableName(@Nullable String name, RecordForm form) {
        return name == null || !form.personal().isEmpty() || PersonalTextRules.mayNamePerson(name, form.ofPersons())
                ? null
                : name;
    }

    /** Refuses a file that by its own account is too large or does not fit on the disk, before any of it is read. */
    private void requireRoomForLength(Province province, HttpHeaders headers) {
        long limit = disk.maxFileBytes();
        @Nullable String length = headers.getHeaderString(HttpHeaders.CONTENT_LENGTH);
        if (length != null && BodyGuard.isAbove(length, limit)) {
            throw new Refusal.TooLarge(limit);
        }
        disk.requireRoom(province.code(), length == null ? 0 : Long.parseLong(length.strip()));
    }

    private void beginBatch(Batch batch) {
        batch.id = UUID.randomUUID();
        batch.requestId = requestId.value();
        batch.address = audit.currentOrigin().address();
        batch.instance = leases.holder();
        batch.state = BatchState.RECEIVING;
        batch.receipt = "";
        batch.spoolBytes = SpoolQuota.FIRST_BYTES;
        batch.fileKey = spool.createKey(batch.id);
        batch.startedAt = store.databaseTime();
        batch.touchedAt = batch.startedAt;
        jobs.tryHold(batch.id);
        try {
            QuarkusTransaction.requiringNew().run(() -> {
                batch.persist();
                storage.countBytes(batch.province, BATCH_BYTES);
            });
        } catch (RuntimeException e) {
            jobs.releaseBatch(batch.id);
            throw e;
        }
    }

    private Response receiveFile(
            Batch batch,
            @Nullable String encoding,
            InputStream body,
            byte @Nullable [] expected,
            boolean async,
            boolean changes) {
        try {
            var file = spool.receiveFile(batch, encoding, body);
            if (expected != null) {
                DryRunFileRegistry.requireEqual(expected, file.digest());
            }
            QuarkusTransaction.requiringNew()
                    .run(() -> store.markReceived(batch.id, file.bytes(), batch.dryRun ? file.digest() : null));
            batch.fileBytes = file.bytes();
            batch.state = BatchState.RUNNING;
        } catch (RuntimeException e) {
            try {
                return handleFailedUpload(batch, e);
            } finally {
                jobs.releaseBatch(batch.id);
            }
        }
        if (async) {
            jobs.enqueue(batch);
            return Response.accepted(queries.toJson(batch))
                    .location(locationOf(batch.id))
                    .header(PreferHeader.APPLIED_HEADER, ASYNC_PREFERENCE)
                    .build();
        }
        var end = jobs.runNow(batch);
        return changes && end instanceof BatchResult.CompletedBatch
                ? changesResponse(batch.id)
                : toResponse(batch, end);
    }

    /** Returns the changes of a finished dry run, or the reason why they are not available. */
    private Response changesResponse(UUID id) {
        var batch = Objects.requireNonNull(queries.findBatch(id));
        try {
            return tried.toResponse(batch).location(locationOf(id)).build();
        } catch (Refusal refusal) {
            return problemResponse(batch, refusal);
        }
    }

    private Response handleFailedUpload(Batch batch, RuntimeException e) {
        boolean gone = e instanceof UploadSpool.SenderGoneException;
        var refusal = gone
                ? new Refusal.Malformed(
                        "The connection ended before the whole file had come; send it again.", "文件未传完，连接即已中断，请重新报送。")
                : e instanceof UploadSpool.DiskFullException
                        ? disk.explainFailedWrite()
                        : FailureClassifier.toRefusal(e);
        if (refusal instanceof Refusal.Internal) {
            LOG.errorf(e, "The file of batch %s was not received", batch.id);
        } else {
            LOG.warnf("The file of batch %s was not received: %s", batch.id, describe(e));
        }
        var end = jobs.finishFailed(
                batch,
                gone ? BatchState.INTERRUPTED : BatchState.FAILED,
                refusal,
                BatchStore.fileFindings(refusal),
                Receipt.EMPTY,
                BatchExecutor.RefusalChannel.RESPONSE);
        // The rest of the body is not read: the connection cannot be used again.
        return refusal.usage() == null
                ? toResponse(batch, end)
                : Response.fromResponse(toResponse(batch, end))
                        .header("Connection", "close")
                        .build();
    }

    /** Returns an exception and its cause on one line: the trace of a connection that ended says nothing more. */
    private static String describe(Throwable e) {
        var text = e.getClass().getSimpleName() + ": " + e.getMessage();
        return (e.getCause() == null ? text : text + " (" + e.getCause() + ")").replaceAll("\\s+", " ");
    }

    private Response toResponse(Batch batch, BatchResult end) {
        return switch (end) {
            case BatchResult.CompletedBatch(Receipt receipt) -> {
                var answer = Response.ok(queries.toJson(batch.id)).location(locationOf(batch.id));
                if (!receipt.isEmpty()) {
                    answer.header(Receipt.HEADER, receipt.text());
                }
                yield answer.build();
            }
            case BatchResult.FailedBatch(Refusal refusal) -> problemResponse(batch, refusal);
            case BatchResult.WaitingBatch(Refusal refusal) -> problemResponse(batch, refusal);
        };
    }

    private static Response problemResponse(Batch batch, Refusal refusal) {
        return Response.fromResponse(ProblemResponses.toResponse(refusal, batch.requestId))
                .location(locationOf(batch.id))
                .build();
    }

    private static URI locationOf(UUID batch) {
        return URI.create("/v1/batches/" + batch);
    }
}
