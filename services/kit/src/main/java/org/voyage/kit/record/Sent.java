package org.voyage.kit.record;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.web.Finding;

/**
 * What a bureau sent about one record: its state, or that it is withdrawn.
 *
 * @param record null to withdraw
 * @param reason why it is withdrawn; null otherwise
 * @param cause what sent it
 * @param precondition looks at what is there (null if nothing) and refuses if the sender expected something else
 * @param warnings what is odd about it and no reason to refuse it
 */
public record Sent<T>(
        RecordKey key,
        @Nullable T record,
        @Nullable String reason,
        Cause cause,
        Consumer<@Nullable Version<T>> precondition,
        List<Finding> warnings) {

    public static <T> Sent<T> state(RecordKey key, T record, Cause cause) {
        return new Sent<>(key, record, null, cause, there -> {}, List.of());
    }

    public static <T> Sent<T> withdrawal(RecordKey key, String reason, Cause cause) {
        return new Sent<>(key, null, reason, cause, there -> {}, List.of());
    }

    public Sent<T> provided(Consumer<@Nullable Version<T>> holds) {
        return new Sent<>(key, record, reason, cause, holds, warnings);
    }

    public Sent<T> warned(List<Finding> more) {
        if (more.isEmpty()) {
            return this;
        }
        List<Finding> all = new ArrayList<>(warnings);
        all.addAll(more);
        return new Sent<>(key, record, reason, cause, precondition, List.copyOf(all));
    }
}
