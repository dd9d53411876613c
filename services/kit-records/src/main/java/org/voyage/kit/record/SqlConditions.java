package org.voyage.kit.record;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Conditions of an SQL query, joined by {@code and}. */
public class SqlConditions {

    private final List<String> conditions = new ArrayList<>();
    private final List<Object> arguments = new ArrayList<>();
    private final List<String> filters = new ArrayList<>();

    /** Adds a condition with {@code ?} for each argument. */
    public SqlConditions and(String condition, Object... values) {
        conditions.add(condition);
        arguments.addAll(List.of(values));
        return this;
    }

    /** Adds an optional filter: the expression has one of the values; no condition where there is no value. */
    public SqlConditions andAny(String expression, Collection<?> values) {
        // With their lengths, so that no two sets of values have one text.
        values.forEach(value -> filters.add(String.valueOf(value).length() + ":" + value));
        filters.add("");
        if (values.isEmpty()) {
            return this;
        }
        conditions.add(expression + " in (" + "?, ".repeat(values.size() - 1) + "?)");
        arguments.addAll(values);
        return this;
    }

    /** Adds an optional filter that covers a range of values; each bound may be null. */
    public SqlConditions andBetween(String value, @Nullable String from, @Nullable String until) {
        filters.add(from + ".." + until);
        if (from != null) {
            and(value + " >= ?", from);
        }
        return until == null ? this : and(value + " <= ?", until);
    }

    public String sql() {
        return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
    }

    /** Returns the values of all optional filters in order, as text: a cursor is valid for the same values only. */
    public String filters() {
        return String.join("|", filters);
    }

    public List<Object> arguments() {
        return arguments;
    }
}
