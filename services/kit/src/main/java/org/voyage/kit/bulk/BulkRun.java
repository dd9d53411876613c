package org.voyage.kit.bulk;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.net.URI;
import java.util.Objects;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.Caller;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kit.web.Codes;
import org.voyage.kit.web.Failures;
import org.voyage.kit.web.Preferences;
import org.voyage.kit.web.Problem;
import org.voyage.kit.web.Query;
import org.voyage.kit.web.Refusal;
import org.voyage.kit.web.RequestId;

/** Takes in a file of records: what a resource's {@code POST …/batches} calls. */
@ApplicationScoped
public class BulkRun {
    private static final Logger LOG = Logger.getLogger(BulkRun.class);
    private static final Codes<BatchMode> MODES = Codes.of("mode", BatchMode.class);
    private static final String ASYNC = "respond-async";
    private static final String CHANGES = "changes";

    private final BulkConfig config;
    private final Caller caller;
    private final RequestId requestId;
    private final BatchStore store;
    private final BatchReader reader;
    private final BatchJobs jobs;
    private final RowHandlers handlers;
    private final Spool spool;
    private final TriedChanges tried;

    BulkRun(
            BulkConfig config,
            Caller caller,
            RequestId requestId,
            BatchStore store,
            BatchReader reader,
            BatchJobs jobs,
            RowHandlers handlers,
            Spool spool,
            TriedChanges tried) {
        this.config = config;
        this.caller = caller;
        this.requestId = requestId;
        this.store = store;
        this.reader = reader;
        this.jobs = jobs;
        this.handlers = handlers;
        this.spool = spool;
        this.tried = tried;
    }

    /**
     * Reads the body to its end, then works on it, and answers with the finished batch; with {@code Prefer:
     * respond-async} as soon as the file is here.
     *
     * @param record what the rows are, as in topics: {@code overseas-school}; a {@link RowHandler} handles them
     * @param headers of the request: media type, content encoding and preference
     * @param mode the query parameter: {@code rows} (default) or {@code all}
     * @param dryRun the query parameter: {@code true}, {@code false} (default), or {@code changes}: true, and answered with
     *     what would change, see {@link TriedChanges}
     * @return 200 with the batch; 202 if it goes on by itself; 422 if mode all was refused; otherwise the problem that
     *     ended it. The batch's address is in {@code Location}, whatever the status.
     * @throws Refusal if no batch was begun
     */
    public Response post(
            String record, HttpHeaders headers, @Nullable String mode, @Nullable String dryRun, InputStream body) {
        var province = caller.writes();
        handlers.of(record);
        var sent = mediaType(headers);
        var batch = new Batch();
        batch.province = province.code();
        batch.record = record;
        batch.format = BatchFormat.of(sent);
        var charset = batch.format.charset(sent);
        batch.charset = charset == null ? null : charset.name();
        var chosen = Query.code("mode", mode, MODES);
        batch.mode = chosen == null ? BatchMode.ROWS : chosen;
        boolean changes = CHANGES.equals(dryRun);
        batch.dryRun = changes || Query.flag("dryRun", dryRun, false);
        boolean async = Preferences.of(headers).has(ASYNC);
        if (async && jobs.queueFull()) {
            throw new Refusal.Unavailable(30);
        }
        begin(batch);
        return receive(batch, headers.getHeaderString(HttpHeaders.CONTENT_ENCODING), body, async, changes);
    }

    /** Nothing when the header is there but says none, which JAX-RS takes for a mistake of ours. */
    private static @Nullable MediaType mediaType(HttpHeaders headers) {
        try {
            return headers.getMediaType();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private void begin(Batch batch) {
        batch.id = UUID.randomUUID();
        batch.actor = caller.clientId();
        batch.requestId = requestId.value();
        batch.instance = config.instance();
        batch.state = BatchState.RECEIVING;
        batch.receipt = "";
        batch.fileKey = spool.newKey(batch.id);
        batch.startedAt = store.clock();
        batch.touchedAt = batch.startedAt;
        jobs.hold(batch.id);
        try {
            QuarkusTransaction.requiringNew().run(batch::persist);
        } catch (RuntimeException e) {
            jobs.release(batch.id);
            throw e;
        }
    }

    private Response receive(Batch batch, @Nullable String encoding, InputStream body, boolean async, boolean changes) {
        try {
            long bytes = spool.receive(batch, encoding, body);
            QuarkusTransaction.requiringNew().run(() -> store.received(batch.id, bytes));
            batch.fileBytes = bytes;
            batch.state = BatchState.RUNNING;
        } catch (RuntimeException e) {
            try {
                return notReceived(batch, e);
            } finally {
                jobs.release(batch.id);
            }
        }
        if (async) {
            jobs.later(batch);
            return Response.accepted(reader.json(batch))
                    .location(location(batch.id))
                    .header(Preferences.APPLIED, ASYNC)
                    .build();
        }
        var end = jobs.now(batch);
        return changes && end instanceof BatchEnd.Done ? changes(batch.id) : answer(batch, end);
    }

    /** What a dry run that has come to its end would change, or why that cannot be told. */
    private Response changes(UUID id) {
        var batch = Objects.requireNonNull(reader.find(id));
        try {
            return tried.answer(batch, BatchJobs.now()).location(location(id)).build();
        } catch (Refusal refusal) {
            return problem(batch, refusal);
        }
    }

    private Response notReceived(Batch batch, RuntimeException e) {
        boolean gone = e instanceof Spool.SenderGone;
        var refusal = gone
                ? new Refusal.Malformed(
                        "The connection ended before the whole file had come; send it again.", "文件未传完，连接即已中断，请重新报送。")
                : e instanceof Spool.DiskRefused ? new Refusal.Unavailable(60) : Failures.refusal(e);
        LOG.warnf(e, "The file of batch %s was not received", batch.id);
        jobs.failed(
                batch,
                gone ? BatchState.INTERRUPTED : BatchState.FAILED,
                refusal,
                BatchStore.ofTheFile(refusal),
                Receipt.NOTHING,
                BatchJobs.Told.BY_THE_ANSWER);
        return problem(batch, refusal);
    }

    private Response answer(Batch batch, BatchEnd end) {
        return switch (end) {
            case BatchEnd.Done(Receipt receipt) -> {
                var answer = Response.ok(reader.json(batch.id)).location(location(batch.id));
                if (!receipt.isNothing()) {
                    answer.header(Receipt.HEADER, receipt.text());
                }
                yield answer.build();
            }
            case BatchEnd.Failed(Refusal refusal) -> problem(batch, refusal);
            case BatchEnd.Waits(Refusal refusal) -> problem(batch, refusal);
        };
    }

    private static Response problem(Batch batch, Refusal refusal) {
        return Response.fromResponse(Problem.response(refusal, batch.requestId))
                .location(location(batch.id))
                .build();
    }

    private static URI location(UUID batch) {
        return URI.create("/v1/batches/" + batch);
    }
}
