package org.voyage.kit.record;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.problem.Finding;

/**
 * A type of record, as its service declares it once.
 *
 * @param service that owns it: the first part of its topic
 * @param name in the singular, e.g. {@code overseas-school}: topic, event type, table
 * @param collection in the plural, as in paths
 * @param inYear what the figures of a year see of a record, null if it does not count in that year; two states that
 *     give the same leave the figures of that year as they are
 * @param amount its number that seldom jumps; null if it has none
 * @param about the year that a record is about; null if it has none
 * @param odd what is odd about a record under its key
 */
public record RecordType<T>(
        String service,
        String name,
        String collection,
        RecordJson<T> json,
        BiFunction<T, Integer, @Nullable Object> inYear,
        @Nullable PlausibilityMeasure<T> amount,
        @Nullable ReportingYearField<T> about,
        BiFunction<RecordKey, T, List<Finding>> odd) {

    private static final BiFunction<Object, Integer, @Nullable Object> NOT_IN_YEARS = (record, year) -> null;

    /** Of records that no figure counts. */
    @SuppressWarnings("unchecked") // it looks at no record
    public RecordType(String service, String name, String collection, RecordJson<T> json) {
        this(service, name, collection, json, (BiFunction<T, Integer, @Nullable Object>)
                (BiFunction<?, ?, ?>) NOT_IN_YEARS);
    }

    public RecordType(
            String service,
            String name,
            String collection,
            RecordJson<T> json,
            BiFunction<T, Integer, @Nullable Object> inYear) {
        this(service, name, collection, json, inYear, null, null, (key, record) -> List.of());
    }

    /** The same type, whose amounts are looked at for jumps. */
    public RecordType<T> withAmount(PlausibilityMeasure<T> seldomJumps) {
        return new RecordType<>(service, name, collection, json, inYear, seldomJumps, about, odd);
    }

    /** The same type, of which there are seldom far more or fewer than the year before, and none of years far ahead. */
    public RecordType<T> withReportingYear(String field, Function<T, @Nullable Integer> year) {
        return new RecordType<>(
                service, name, collection, json, inYear, amount, new ReportingYearField<>(field, year), odd);
    }

    /** The same type, of which this is odd; what comes of it the rules say. */
    public RecordType<T> withWarnings(BiFunction<RecordKey, T, List<Finding>> found) {
        return new RecordType<>(service, name, collection, json, inYear, amount, about, found);
    }

    /** Whether figures of some year count such records. */
    public boolean countsInYears() {
        return inYear != NOT_IN_YEARS;
    }

    public String topic() {
        return service + "." + name;
    }

    String eventType() {
        return "org.voyage." + name + ".changed.v1";
    }

    public String table() {
        return name.replace('-', '_');
    }
}
