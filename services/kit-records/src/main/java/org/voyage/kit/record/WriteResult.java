package org.voyage.kit.record;

import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;

/** Result of one submission. */
public sealed interface WriteResult<T> {

    /** The record changed. */
    record ChangedRecord<T>(RecordChange<T> change, List<Finding> warnings) implements WriteResult<T> {}

    /** The submission is equal to the current record. */
    record UnchangedRecord<T>(RecordVersion<T> version, List<Finding> warnings) implements WriteResult<T> {}

    /**
     * The record waits for its parent.
     *
     * @param newlyParked false if an equal record was parked already
     */
    record ParkedRecord<T>(
            RecordKey key, ParentReference parent, Instant since, boolean newlyParked, List<Finding> warnings)
            implements WriteResult<T> {}

    /** The record was parked and is no longer. */
    record UnparkedRecord<T>(RecordKey key) implements WriteResult<T> {}

    record RefusedWriteResult<T>(Refusal refusal) implements WriteResult<T> {}

    /** Returns this result with more warnings; a refused result stays unchanged. */
    default WriteResult<T> withWarnings(List<Finding> more) {
        return switch (this) {
            case ChangedRecord<T>(RecordChange<T> change, List<Finding> warnings) ->
                new ChangedRecord<>(change, concat(warnings, more));
            case UnchangedRecord<T>(RecordVersion<T> version, List<Finding> warnings) ->
                new UnchangedRecord<>(version, concat(warnings, more));
            case ParkedRecord<T>(
                    RecordKey key,
                    ParentReference parent,
                    Instant since,
                    boolean anew,
                    List<Finding> warnings) -> new ParkedRecord<>(key, parent, since, anew, concat(warnings, more));
            case UnparkedRecord<T> _, RefusedWriteResult<T> _ -> this;
        };
    }

    private static List<Finding> concat(List<Finding> some, List<Finding> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    /** Returns the keys of the submissions that changed nothing. */
    static <T> List<String> unchangedKeys(List<WriteResult<T>> results) {
        return results.stream()
                .flatMap(
                        result -> result instanceof UnchangedRecord<T>(RecordVersion<T> version, List<Finding> warnings)
                                ? Stream.of(version.key().text())
                                : Stream.empty())
                .toList();
    }

    static <T> WriteResult<T> decide(Supplier<WriteResult<T>> decision) {
        try {
            return decision.get();
        } catch (Refusal refusal) {
            return new RefusedWriteResult<>(refusal);
        }
    }
}
