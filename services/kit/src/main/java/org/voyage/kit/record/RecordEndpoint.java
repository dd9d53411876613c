package org.voyage.kit.record;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.bulk.BulkRun;
import org.voyage.kit.sheet.TemplateFile;
import org.voyage.kit.web.Codes;
import org.voyage.kit.web.FieldReader;
import org.voyage.kit.web.JsonBody;
import org.voyage.kit.web.Shape;
import org.voyage.kit.web.SourceId;

/** The HTTP operations of one record type. {@link RecordOperations} names their paths, and a resource its own filters. */
public final class RecordEndpoint<T> {

    private static final Shape REASON = Shape.upTo(500);
    private static final Codes<Move.Keep> KEEPS = Codes.of("keep", Move.Keep.class);

    private final Commands<T> commands;
    private final RecordType<T> type;
    private final RecordRequest request;
    private final BulkRun bulk;
    private final RecordAnswers<T> answers;
    private final SingleWrites<T> singles;

    public RecordEndpoint(Commands<T> commands, RecordType<T> type, RecordRequest request, BulkRun bulk) {
        this.commands = commands;
        this.type = type;
        this.request = request;
        this.bulk = bulk;
        this.answers = new RecordAnswers<>(type);
        this.singles = new SingleWrites<>(commands, type);
    }

    /** For records that bring others along: what happens to those is put down to the request. */
    public Response put(String province, String sourceId, JsonBody body, HttpHeaders headers) {
        Sent<T> sent = sent(province, sourceId, body, headers);
        return answers.written(Transactions.run(() -> commands.write(List.of(sent), Writing.KEPT)));
    }

    /**
     * In one transaction with others that come meanwhile; the request holds no thread until it is answered. Who hangs up does
     * not cancel it ({@code Cancellable(false)} of {@link RecordOperations}): what was decided is written down also for him.
     */
    public CompletionStage<Response> putTogether(String province, String sourceId, JsonBody body, HttpHeaders headers) {
        Sent<T> sent = sent(province, sourceId, body, headers);
        return singles.write(sent, request.origin()).thenApply(answers::written);
    }

    private Sent<T> sent(String province, String sourceId, JsonBody body, HttpHeaders headers) {
        RecordKey key = request.writes(province, sourceId);
        About<T> about = type.about();
        request.isAbout(about == null ? null : about.sent(body.object()));
        return commands.read(key, body.fields(), request.cause()).provided(request.conditions(headers));
    }

    public Response withdraw(String province, String sourceId, @Nullable String reason, HttpHeaders headers) {
        RecordKey key = request.writes(province, sourceId);
        Sent<T> sent = Sent.<T>withdrawal(key, RecordRequest.reason(reason), request.cause())
                .provided(request.conditions(headers));
        return answers.written(Transactions.run(() -> commands.write(List.of(sent), Writing.KEPT)));
    }

    /** Body: {@code sourceId}, the new key, and {@code reason}. */
    public Response rename(String province, String sourceId, JsonBody body, HttpHeaders headers) {
        return move(province, sourceId, body, headers, "sourceId", Cause.Kind.RENAME);
    }

    /**
     * Body: {@code into}, the sourceId of the record that remains, {@code reason}, and where records belong to both
     * {@code keep}, whose stand where two say the same.
     */
    public Response merge(String province, String sourceId, JsonBody body, HttpHeaders headers) {
        return move(province, sourceId, body, headers, "into", Cause.Kind.MERGE);
    }

    private Response move(
            String province, String sourceId, JsonBody body, HttpHeaders headers, String target, Cause.Kind how) {
        RecordKey key = request.writes(province, sourceId);
        FieldReader fields = body.fields();
        String to = fields.text(target, SourceId.SHAPE);
        String reason = fields.text("reason", REASON);
        Move.Keep keep = how == Cause.Kind.MERGE && commands.bringsTwins() ? fields.optionalCode("keep", KEEPS) : null;
        fields.finish();
        Move move = new Move(new RecordKey(key.province(), to), how, keep);
        Sent<T> sent = Sent.<T>withdrawal(key, reason, request.cause()).provided(request.conditions(headers));
        return answers.written(Transactions.run(() -> commands.move(sent, move, Writing.KEPT)));
    }

    public Response get(String province, String sourceId, @Nullable String asOf, HttpHeaders headers) {
        return reading().get(province, sourceId, asOf, headers);
    }

    public Response history(String province, String sourceId) {
        return reading().history(province, sourceId);
    }

    /** @param where the record's own filters; a cursor of other filter values is refused */
    public Response list(ListQuery query, Conditions where) {
        return reading().list(query, where);
    }

    /** Only now, when the service behind its proxy is there. */
    private RecordReading<T> reading() {
        return new RecordReading<>(commands.records(), request);
    }

    /** The spreadsheet to fill in, for everybody who may read the records. */
    public Response template() {
        request.scope();
        return TemplateFile.answer(type.name());
    }

    public Response batch(@Nullable String mode, @Nullable String dryRun, HttpHeaders headers, InputStream body) {
        return bulk.post(type.name(), headers, mode, dryRun, body);
    }
}
