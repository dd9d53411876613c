package org.voyage.kit.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.voyage.kit.bulk.BatchContext;
import org.voyage.kit.web.FieldReader;

/** How the rows of one type wait for the records that they belong to. */
final class Parking<T> {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final RecordType<T> type;
    private final ParkedRows rows;

    Parking(RecordType<T> type, ParkedRows rows) {
        this.type = type;
        this.rows = rows;
    }

    Result<T> park(Sent<T> sent, Parent parent, Instant now) {
        String body = body(Objects.requireNonNull(sent.record()));
        rows.park(new Parked(type.name(), sent.key(), parent, body, sent.cause(), now, List.of()), List.of());
        return new Result.Parked<>(sent.key(), parent, sent.warnings());
    }

    /** What of these records waits because a file said so. */
    Map<RecordKey, T> since(BatchContext batch, List<String> sourceIds) {
        Conditions where = new Conditions()
                .and(
                        "record = ? and province = ? and source_id = any(?) and cause_id = ?",
                        type.name(),
                        batch.province().code(),
                        sourceIds.toArray(String[]::new),
                        batch.batchId().toString());
        return rows.list(where, sourceIds.size()).stream()
                .collect(Collectors.toMap(Parked::key, row -> read(row.body())));
    }

    /** The row as it waits for another parent. */
    Parked waiting(Sent<T> sent, Parent parent, Parked row) {
        String body = body(Objects.requireNonNull(sent.record()));
        return new Parked(row.record(), row.key(), parent, body, row.cause(), row.parkedAt(), row.findings());
    }

    private String body(T record) {
        return VersionJson.document(out -> {
            out.writeStartObject();
            type.json().write(record, out);
            out.writeEndObject();
        });
    }

    boolean remove(RecordKey key) {
        return rows.remove(type.name(), key);
    }

    /**
     * What was said now, be it what is there already, is newer than what may still wait.
     *
     * @return the keys of what waited
     */
    Set<RecordKey> overtaken(List<Result<T>> results) {
        List<RecordKey> said = results.stream()
                .flatMap(result -> switch (result) {
                    case Result.Changed<T> changed ->
                        Stream.of(changed.change().after().key());
                    case Result.Unchanged<T> unchanged ->
                        Stream.of(unchanged.version().key());
                    case Result.Parked<T> waits -> Stream.<RecordKey>empty();
                    case Result.Unparked<T> gone -> Stream.<RecordKey>empty();
                    case Result.Refused<T> refused -> Stream.<RecordKey>empty();
                })
                .toList();
        return said.isEmpty() ? new HashSet<>() : rows.removeAll(type.name(), said);
    }

    /** The row as it was sent, now that what it waited for has come. */
    Sent<T> sent(Parked row) {
        return Sent.state(row.key(), read(row.body()), row.cause().afterParking());
    }

    private T read(String body) {
        try {
            return type.json().read(FieldReader.ofTaken((ObjectNode) MAPPER.readTree(body)));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
