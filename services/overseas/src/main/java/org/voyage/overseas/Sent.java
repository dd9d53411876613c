package org.voyage.overseas;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.web.Finding;
import org.voyage.kit.web.Refusal;

/**
 * What a bureau sent about one record: its state, or that it is withdrawn.
 *
 * @param record null to withdraw
 * @param reason why it is withdrawn; null otherwise
 * @param precondition looks at what is there (null if nothing) and refuses if the sender expected something else
 */
public record Sent<T>(
        RecordKey key, @Nullable T record, @Nullable String reason, Consumer<@Nullable Version<T>> precondition) {

    public static <T> Sent<T> state(RecordKey key, T record) {
        return new Sent<>(key, record, null, there -> {});
    }

    public static <T> Sent<T> withdrawal(RecordKey key, String reason) {
        return new Sent<>(key, null, reason, there -> {});
    }

    public Sent<T> provided(Consumer<@Nullable Version<T>> holds) {
        return new Sent<>(key, record, reason, holds);
    }

    /** One file says one thing about a record; the same thing twice does no harm. */
    public void requireOnceInFile(@Nullable Version<T> current, Cause cause) {
        if (current != null
                && cause.kind() == Cause.Kind.BATCH
                && current.cause().id().equals(cause.id())) {
            throw new Refusal.Invalid(new Finding(
                    "/sourceId",
                    "twice-in-file",
                    "An earlier row of this file says something else about the same record.",
                    "本文件中前面的行对同一记录有不同的内容。"));
        }
    }
}
