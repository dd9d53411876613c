package org.voyage.kit.record.parent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.voyage.kit.database.StatementPipeline;
import org.voyage.kit.input.FieldReader;
import org.voyage.kit.record.ParentReference;
import org.voyage.kit.record.RecordKey;
import org.voyage.kit.record.RecordSubmission;
import org.voyage.kit.record.RecordType;
import org.voyage.kit.record.VersionJson;
import org.voyage.kit.record.WriteResult;

/** Parking of the rows of one type until their parents arrive. */
public final class RowParking<T> {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final RecordType<T> type;
    private final ParkedRowStore rows;

    public RowParking(RecordType<T> type, ParkedRowStore rows) {
        this.type = type;
        this.rows = rows;
    }

    /** A parked submission and its time of arrival. */
    public record ParkedSubmission<T>(T record, Instant since) {}

    /** Parks a row. An equal parked row keeps its cause and its time. */
    WriteResult<T> parkSubmission(
            RecordSubmission<T> sent,
            ParentReference parent,
            Map<RecordKey, ParkedSubmission<T>> waiting,
            Instant now) {
        T record = Objects.requireNonNull(sent.record());
        ParkedSubmission<T> before = waiting.get(sent.key());
        if (before != null && record.equals(before.record())) {
            return new WriteResult.ParkedRecord<>(sent.key(), parent, before.since(), false, sent.warnings());
        }
        rows.parkRow(
                new ParkedRow(type.name(), sent.key(), parent, toJson(record), sent.cause(), now, List.of()),
                List.of());
        return new WriteResult.ParkedRecord<>(sent.key(), parent, now, true, sent.warnings());
    }

    /** Returns the parked submissions of these records. */
    public Map<RecordKey, ParkedSubmission<T>> findWaiting(Collection<RecordKey> keys) {
        return keys.isEmpty()
                ? Map.of()
                : rows.findParked(type.name(), keys).stream()
                        .collect(Collectors.toMap(
                                ParkedRow::key, row -> new ParkedSubmission<>(parseBody(row.body()), row.parkedAt())));
    }

    /** Returns the row as it waits for another parent. */
    ParkedRow toParkedRow(RecordSubmission<T> sent, ParentReference parent, ParkedRow row) {
        String body = toJson(Objects.requireNonNull(sent.record()));
        return new ParkedRow(row.record(), row.key(), parent, body, row.cause(), row.parkedAt(), row.findings());
    }

    private String toJson(T record) {
        return VersionJson.writeDocument(out -> {
            out.writeStartObject();
            type.json().writeRecord(record, out);
            out.writeEndObject();
        });
    }

    boolean unpark(RecordKey key) {
        return rows.removeRow(type.name(), key);
    }

    /**
     * Removes parked rows that are older than a submission of the same record, even if that changed nothing, when the
     * pipeline executes.
     *
     * @return the keys of the removed rows
     */
    Set<RecordKey> removeOvertaken(List<WriteResult<T>> results, StatementPipeline pipeline) {
        List<RecordKey> said = results.stream()
                .flatMap(result -> switch (result) {
                    case WriteResult.ChangedRecord<T> changed ->
                        Stream.of(changed.change().after().key());
                    case WriteResult.UnchangedRecord<T> unchanged ->
                        Stream.of(unchanged.version().key());
                    case WriteResult.ParkedRecord<T> waits -> Stream.<RecordKey>empty();
                    case WriteResult.UnparkedRecord<T> gone -> Stream.<RecordKey>empty();
                    case WriteResult.RefusedWriteResult<T> refused -> Stream.<RecordKey>empty();
                })
                .toList();
        return rows.removeRows(type.name(), said, pipeline);
    }

    /** Returns the submission of a row whose parent has arrived. */
    RecordSubmission<T> toSubmission(ParkedRow row) {
        return RecordSubmission.state(
                row.key(), parseBody(row.body()), row.cause().asUnparked());
    }

    private T parseBody(String body) {
        try {
            return type.json().readRecord(FieldReader.ofAcceptedRecord((ObjectNode) MAPPER.readTree(body)));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
