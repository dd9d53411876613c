package org.voyage.kit.record;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.problem.Finding;

/**
 * Submission of a bureau about one record: its state or its withdrawal.
 *
 * @param record null to withdraw
 * @param reason reason of a withdrawal; null otherwise
 * @param cause request or batch of the submission
 * @param precondition checks the current version (null if there is none) and refuses if the sender expected another one
 * @param warnings findings that do not refuse the submission
 */
public record RecordSubmission<T>(
        RecordKey key,
        @Nullable T record,
        @Nullable String reason,
        ChangeCause cause,
        Consumer<@Nullable RecordVersion<T>> precondition,
        List<Finding> warnings) {

    public static <T> RecordSubmission<T> state(RecordKey key, T record, ChangeCause cause) {
        return new RecordSubmission<>(key, record, null, cause, there -> {}, List.of());
    }

    public static <T> RecordSubmission<T> withdrawal(RecordKey key, String reason, ChangeCause cause) {
        return new RecordSubmission<>(key, null, reason, cause, there -> {}, List.of());
    }

    /** Returns the same submission with another state of the record. */
    public RecordSubmission<T> withRecord(T other) {
        return new RecordSubmission<>(key, other, reason, cause, precondition, warnings);
    }

    public RecordSubmission<T> withPrecondition(Consumer<@Nullable RecordVersion<T>> holds) {
        return new RecordSubmission<>(key, record, reason, cause, holds, warnings);
    }

    public RecordSubmission<T> withWarnings(List<Finding> more) {
        if (more.isEmpty()) {
            return this;
        }
        List<Finding> all = new ArrayList<>(warnings);
        all.addAll(more);
        return new RecordSubmission<>(key, record, reason, cause, precondition, List.copyOf(all));
    }
}
