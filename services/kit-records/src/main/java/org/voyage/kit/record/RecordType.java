package org.voyage.kit.record;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.problem.Finding;

/**
 * Type of a record, as its service declares it once. The last component returns the warnings about a record under its
 * key.
 *
 * @param service owner of the type: the first part of its topic
 * @param name in the singular, e.g. {@code overseas-school}: topic, event type, table
 * @param collection in the plural, as in paths
 * @param inYear the part of a record that the figures of a year depend on, null if the record does not count in that
 *     year; two states with equal parts leave the figures of that year unchanged
 * @param amount number for plausibility checks; null if the type has none
 * @param about the reporting year of a record; null if the type has none
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

    /** Creates a type whose records no figure counts. */
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

    /** Returns the same type with an amount that is checked for jumps. */
    public RecordType<T> withAmount(PlausibilityMeasure<T> seldomJumps) {
        return new RecordType<>(service, name, collection, json, inYear, seldomJumps, about, odd);
    }

    /**
     * Returns the same type with a reporting year. Its number of records seldom differs much from the year before, and
     * none is of a year far ahead.
     */
    public RecordType<T> withReportingYear(String field, Function<T, @Nullable Integer> year) {
        return new RecordType<>(
                service, name, collection, json, inYear, amount, new ReportingYearField<>(field, year), odd);
    }

    /** Returns the same type with a check whose findings are warnings; the rules decide their severity. */
    public RecordType<T> withWarnings(BiFunction<RecordKey, T, List<Finding>> found) {
        return new RecordType<>(service, name, collection, json, inYear, amount, about, found);
    }

    /** Returns whether figures of some year count such records. */
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
