package org.voyage.kit.record;

import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;

/** What became of one record that was sent. */
public sealed interface WriteResult<T> {

    /** The record changed. */
    record ChangedRecord<T>(RecordChange<T> change, List<Finding> warnings) implements WriteResult<T> {}

    /** It said what is there already. */
    record UnchangedRecord<T>(RecordVersion<T> version, List<Finding> warnings) implements WriteResult<T> {}

    /**
     * It waits for the record that it belongs to.
     *
     * @param newlyParked false if it waited already and says the same
     */
    record ParkedRecord<T>(
            RecordKey key, ParentReference parent, Instant since, boolean newlyParked, List<Finding> warnings)
            implements WriteResult<T> {}

    /** It was parked and is no longer. */
    record UnparkedRecord<T>(RecordKey key) implements WriteResult<T> {}

    record RefusedWriteResult<T>(Refusal refusal) implements WriteResult<T> {}

    /** The same with more that is odd about it; of one that was refused nothing more is said. */
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

    /** The keys of the records that were sent as they already are. */
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
