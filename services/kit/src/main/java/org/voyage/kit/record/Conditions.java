package org.voyage.kit.record;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The conditions of a list, all of which hold. */
public class Conditions {

    private final List<String> conditions = new ArrayList<>();
    private final List<Object> arguments = new ArrayList<>();

    /** Adds a condition with {@code ?} for each argument. */
    public Conditions and(String condition, Object... values) {
        conditions.add(condition);
        arguments.addAll(List.of(values));
        return this;
    }

    /** Adds it only when there is a value to ask for. */
    public Conditions andIf(String condition, @Nullable Object value) {
        return value == null ? this : and(condition, value);
    }

    String sql() {
        return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
    }

    List<Object> arguments() {
        return arguments;
    }
}
