package org.voyage.kit.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    /** What is said of a record that waits, and since when. */
    record Waiting<T>(T record, Instant since) {}

    /** Lets a row wait; one that waits and says the same goes on waiting for what brought it, since it came. */
    Result<T> park(Sent<T> sent, Parent parent, Map<RecordKey, Waiting<T>> waiting, Instant now) {
        T record = Objects.requireNonNull(sent.record());
        Waiting<T> before = waiting.get(sent.key());
        if (before != null && record.equals(before.record())) {
            return new Result.Parked<>(sent.key(), parent, before.since(), false, sent.warnings());
        }
        rows.park(new Parked(type.name(), sent.key(), parent, body(record), sent.cause(), now, List.of()), List.of());
        return new Result.Parked<>(sent.key(), parent, now, true, sent.warnings());
    }

    /** What waits of these records. */
    Map<RecordKey, Waiting<T>> waiting(Collection<RecordKey> keys) {
        return keys.isEmpty()
                ? Map.of()
                : rows.find(type.name(), keys).stream()
                        .collect(Collectors.toMap(Parked::key, row -> new Waiting<>(read(row.body()), row.parkedAt())));
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
