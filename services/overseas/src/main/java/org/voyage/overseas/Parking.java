package org.voyage.overseas;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.voyage.kit.web.FieldReader;

/** How the rows of one record wait for their school. */
public class Parking<T> {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final String record;
    private final ParkedRows rows;
    private final RecordJson<T> json;

    /** A row whose school has come, with what first sent it. */
    public record Waited<T>(Sent<T> sent, Cause cause) {}

    public Parking(String record, ParkedRows rows, RecordJson<T> json) {
        this.record = record;
        this.rows = rows;
        this.json = json;
    }

    /**
     * Which schools of the rows stand. When one is missing, no other transaction can bring it unnoticed from here on:
     * it has committed and is found by a second look, or it will find the row that is about to be parked.
     */
    public Set<RecordKey> standing(
            List<Sent<T>> sent, Function<T, String> school, Function<Collection<RecordKey>, Set<RecordKey>> find) {
        Set<RecordKey> wanted = new HashSet<>();
        for (Sent<T> one : sent) {
            if (one.record() != null) {
                wanted.add(new RecordKey(one.key().province(), school.apply(one.record())));
            }
        }
        Set<RecordKey> standing = find.apply(wanted);
        if (standing.size() == wanted.size()) {
            return standing;
        }
        wanted.stream().map(RecordKey::province).distinct().sorted().forEach(rows::holdSchoolsStill);
        return find.apply(wanted);
    }

    public Result<T> park(RecordKey key, T waiting, RecordKey school, Cause cause, Instant now) {
        String body = VersionJson.document(out -> {
            out.writeStartObject();
            json.write(waiting, out);
            out.writeEndObject();
        });
        rows.park(new Parked(record, key, school.sourceId(), body, cause, now));
        return new Result.Parked<>(key, school.sourceId());
    }

    public boolean remove(RecordKey key) {
        return rows.remove(record, key);
    }

    /** What was said now, be it what is there already, is newer than what may still wait. */
    public void overtaken(List<Result<T>> results) {
        List<RecordKey> said = results.stream()
                .flatMap(result -> switch (result) {
                    case Result.Changed<T>(Change.Kind kind, Version<T> version) -> Stream.of(version.key());
                    case Result.Unchanged<T>(Version<T> version) -> Stream.of(version.key());
                    case Result.Parked<T> waits -> Stream.<RecordKey>empty();
                    case Result.Unparked<T> gone -> Stream.<RecordKey>empty();
                    case Result.Refused<T> refused -> Stream.<RecordKey>empty();
                })
                .toList();
        rows.removeAll(record, said);
    }

    public List<Waited<T>> take(Collection<RecordKey> schools) {
        return rows.take(record, schools).stream()
                .map(row -> new Waited<>(
                        Sent.state(row.key(), read(row.body())), row.cause().afterParking()))
                .toList();
    }

    private T read(String body) {
        try {
            return json.read(FieldReader.of((ObjectNode) MAPPER.readTree(body)));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
