package org.voyage.kit.record;

import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.voyage.kit.web.Finding;
import org.voyage.kit.web.Refusal;

/** What became of one record that was sent. */
public sealed interface Result<T> {

    /** The record changed. */
    record Changed<T>(Change<T> change, List<Finding> warnings) implements Result<T> {}

    /** It said what is there already. */
    record Unchanged<T>(Version<T> version, List<Finding> warnings) implements Result<T> {}

    /**
     * It waits for the record that it belongs to.
     *
     * @param anew false if it waited already and says the same
     */
    record Parked<T>(RecordKey key, Parent parent, Instant since, boolean anew, List<Finding> warnings)
            implements Result<T> {}

    /** It was parked and is no longer. */
    record Unparked<T>(RecordKey key) implements Result<T> {}

    record Refused<T>(Refusal refusal) implements Result<T> {}

    /** The same with more that is odd about it; of one that was refused nothing more is said. */
    default Result<T> warned(List<Finding> more) {
        return switch (this) {
            case Changed<T>(Change<T> change, List<Finding> warnings) -> new Changed<>(change, both(warnings, more));
            case Unchanged<T>(Version<T> version, List<Finding> warnings) ->
                new Unchanged<>(version, both(warnings, more));
            case Parked<T>(RecordKey key, Parent parent, Instant since, boolean anew, List<Finding> warnings) ->
                new Parked<>(key, parent, since, anew, both(warnings, more));
            case Unparked<T> _, Refused<T> _ -> this;
        };
    }

    private static List<Finding> both(List<Finding> some, List<Finding> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    /** The keys of the records that were sent as they already are. */
    static <T> List<String> unchanged(List<Result<T>> results) {
        return results.stream()
                .flatMap(result -> result instanceof Unchanged<T>(Version<T> version, List<Finding> warnings)
                        ? Stream.of(version.key().text())
                        : Stream.empty())
                .toList();
    }

    static <T> Result<T> of(Supplier<Result<T>> decision) {
        try {
            return decision.get();
        } catch (Refusal refusal) {
            return new Refused<>(refusal);
        }
    }
}
