package org.voyage.kit.bulk;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.Caller;
import org.voyage.kit.access.Province;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kit.web.Codes;
import org.voyage.kit.web.Failures;
import org.voyage.kit.web.Problem;
import org.voyage.kit.web.ProblemType;
import org.voyage.kit.web.Query;
import org.voyage.kit.web.Refusal;
import org.voyage.kit.web.RequestId;

/** Takes in a file of records: what a resource's {@code POST …/batches} calls. */
@ApplicationScoped
public class BulkRun {
    private static final Logger LOG = Logger.getLogger(BulkRun.class);
    private static final Codes<BatchMode> MODES = Codes.of("mode", BatchMode.class);

    private final BulkConfig config;
    private final Caller caller;
    private final RequestId requestId;
    private final BatchStore store;
    private final BatchReader reader;
    private final EntityManager entities;
    private final Semaphore places;

    BulkRun(
            BulkConfig config,
            Caller caller,
            RequestId requestId,
            BatchStore store,
            BatchReader reader,
            EntityManager entities) {
        this.config = config;
        this.caller = caller;
        this.requestId = requestId;
        this.store = store;
        this.reader = reader;
        this.entities = entities;
        this.places = new Semaphore(config.concurrent(), true);
    }

    /**
     * Reads the body to its end and answers with the finished batch.
     *
     * @param record what the rows are, as in paths and topics in the singular: {@code overseas-school}
     * @param headers of the request: media type and content encoding of the body
     * @param mode the query parameter: {@code rows} (default) or {@code all}
     * @param dryRun the query parameter: {@code true} or {@code false} (default)
     * @return 200 with the batch; 422 if mode all was refused; otherwise the problem that ended it. Once a batch was
     *     begun its address is in {@code Location}, whatever the status.
     * @throws Refusal if no batch was begun
     */
    public Response post(
            String record,
            HttpHeaders headers,
            @Nullable String mode,
            @Nullable String dryRun,
            InputStream body,
            RowHandler handler) {
        var province = caller.writes();
        var format = BatchFormat.of(mediaType(headers));
        var chosen = Query.code("mode", mode, MODES);
        boolean dry = Query.flag("dryRun", dryRun, false);
        boolean together = dry || chosen == BatchMode.ALL;
        try (var file = together ? received(body) : body) {
            return post(
                    record, headers, format, chosen == null ? BatchMode.ROWS : chosen, dry, file, province, handler);
        } catch (UncheckedIOException e) {
            throw broken(e);
        } catch (IOException e) {
            throw broken(new UncheckedIOException(e));
        }
    }

    /** One transaction for a whole file must not wait for a slow sender: the file is on our disk before it begins. */
    private static InputStream received(InputStream body) throws IOException {
        Path file = Files.createTempFile("batch", null);
        try {
            Files.copy(body, file, StandardCopyOption.REPLACE_EXISTING);
            return Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    private Response post(
            String record,
            HttpHeaders headers,
            BatchFormat format,
            BatchMode mode,
            boolean dry,
            InputStream body,
            Province province,
            RowHandler handler) {
        takePlace();
        try {
            var source = open(format, headers.getHeaderString(HttpHeaders.CONTENT_ENCODING), body, province);
            var chunks = new Chunk.Cutter(
                    source, config.chunkRows(), config.chunkBytes().asLongValue());
            if (chunks.done()) {
                throw new Refusal.Malformed("There is no row in the file.", "文件中没有数据行。");
            }
            var batch = begin(record, province, format, mode, dry, source);
            return run(batch, chunks, handler);
        } finally {
            places.release();
        }
    }

    /** Nothing when the header is there but says none, which JAX-RS takes for a mistake of ours. */
    private static @Nullable MediaType mediaType(HttpHeaders headers) {
        try {
            return headers.getMediaType();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private Response run(Batch batch, Chunk.Cutter chunks, RowHandler handler) {
        var context =
                new BatchContext(batch.id, Province.of(batch.province), batch.actor, batch.requestId, batch.dryRun);
        var work = new BatchWork(config, store, entities, handler, context);
        try {
            var receipt = batch.mode == BatchMode.ALL || batch.dryRun
                    ? work.together(chunks, batch.mode == BatchMode.ALL && !batch.dryRun)
                    : work.chunkByChunk(chunks);
            return done(batch, receipt);
        } catch (BatchWork.RowsRefused e) {
            return ended(batch, BatchState.FAILED, new Refusal.Invalid(reader.firstFindings(batch.id)), work.receipt());
        } catch (RuntimeException e) {
            var failure = e instanceof UncheckedIOException io ? broken(io) : e;
            var refusal = Failures.refusal(failure);
            boolean gone = failure instanceof UncheckedIOException;
            if (refusal instanceof Refusal.Internal && !gone) {
                LOG.errorf(failure, "Batch %s failed", batch.id);
            } else {
                LOG.warnf("Batch %s ended early: %s", batch.id, failure.toString());
            }
            return ended(batch, gone ? BatchState.INTERRUPTED : BatchState.FAILED, refusal, work.receipt());
        }
    }

    private Response done(Batch batch, Receipt receipt) {
        QuarkusTransaction.requiringNew().run(() -> store.finish(batch.id, BatchState.DONE, null, receipt, now()));
        var answer = Response.ok(reader.json(batch.id)).location(location(batch.id));
        if (!receipt.isNothing()) {
            answer.header(Receipt.HEADER, receipt.text());
        }
        return answer.build();
    }

    private Response ended(Batch batch, BatchState state, Refusal refusal, Receipt receipt) {
        try {
            var slug = ProblemType.of(refusal).slug();
            QuarkusTransaction.requiringNew().run(() -> store.finish(batch.id, state, slug, receipt, now()));
        } catch (RuntimeException e) {
            // The database may be what broke; then the batch is marked as interrupted later.
            LOG.warnf("Batch %s could not be closed: %s", batch.id, e.toString());
        }
        return Response.fromResponse(Problem.response(refusal, batch.requestId))
                .location(location(batch.id))
                .build();
    }

    private Batch begin(
            String record, Province province, BatchFormat format, BatchMode mode, boolean dryRun, RowSource source) {
        var batch = new Batch();
        batch.id = UUID.randomUUID();
        batch.province = province.code();
        batch.record = record;
        batch.format = format;
        batch.mode = mode;
        batch.dryRun = dryRun;
        batch.actor = caller.clientId();
        batch.requestId = requestId.value();
        batch.instance = config.instance();
        batch.header = source.header();
        batch.bom = source.bom();
        batch.state = BatchState.RUNNING;
        batch.receipt = "";
        batch.startedAt = now();
        batch.touchedAt = batch.startedAt;
        QuarkusTransaction.requiringNew().run(batch::persist);
        return batch;
    }

    private RowSource open(BatchFormat format, @Nullable String encoding, InputStream body, Province province) {
        try {
            return RowSources.open(
                    format,
                    encoding,
                    body,
                    province,
                    Math.toIntExact(config.rowLimit().asLongValue()));
        } catch (IOException e) {
            throw broken(new UncheckedIOException(e));
        }
    }

    private void takePlace() {
        try {
            if (!places.tryAcquire(config.patience().toMillis(), TimeUnit.MILLISECONDS)) {
                throw new Refusal.Unavailable(30);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal.Unavailable(30);
        }
    }

    /** A compressed body that is none is the sender's mistake; anything else means that he is gone. */
    private static RuntimeException broken(UncheckedIOException e) {
        return e.getCause() instanceof ZipException || e.getCause() instanceof EOFException
                ? new Refusal.Malformed("The body is not whole gzip.", "正文不是完整的 gzip 数据。")
                : e;
    }

    private static URI location(UUID batch) {
        return URI.create("/v1/batches/" + batch);
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
