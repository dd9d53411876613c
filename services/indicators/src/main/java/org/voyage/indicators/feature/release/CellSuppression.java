package org.voyage.indicators.feature.release;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Cell suppression: it decides which nodes of a table are open. The package documentation states the rules and their
 * proof.
 */
final class CellSuppression {

    /** A number of persons from 1 to this minus 1 is never shown. */
    static final long MIN_SHOWN_PERSONS = 10;

    /** A year is released again when its total has changed by 1 / this of the published total. */
    private static final long RELEASE_CHANGE_DIVISOR = 100;

    private final boolean isComplementary;

    private CellSuppression(boolean complementary) {
        this.isComplementary = complementary;
    }

    static CellSuppression completeSuppression() {
        return new CellSuppression(true);
    }

    /**
     * Returns a suppression that hides only small numbers, which a subtraction reveals; it verifies the test itself.
     */
    static CellSuppression smallOnlySuppression() {
        return new CellSuppression(false);
    }

    static boolean isSmall(long value) {
        return value > 0 && value < MIN_SHOWN_PERSONS;
    }

    /** Returns the table of a year that never had an open number. */
    ReleasedNode suppressFirst(BinaryCodeTree codes, ToLongFunction<String> amounts) {
        long total = codes.sumCodes(amounts);
        return isSmall(total) ? codes.hideAll() : openNode(codes, total, amounts);
    }

    private ReleasedNode openNode(BinaryCodeTree codes, @Nullable Long value, ToLongFunction<String> amounts) {
        if (codes.halves().isEmpty()) {
            return new ReleasedNode(codes.code(), value, List.of());
        }
        List<BinaryCodeTree> halves = codes.halves();
        boolean small = halves.stream().anyMatch(half -> isSmall(half.sumCodes(amounts)));
        return new ReleasedNode(
                "",
                value,
                halves.stream()
                        .map(half -> {
                            long sum = half.sumCodes(amounts);
                            return small && isComplementary
                                    ? half.hideAll()
                                    : openNode(half, isSmall(sum) ? null : sum, amounts);
                        })
                        .toList());
    }

    /** Returns whether a total has changed so far that its year is released again. */
    static boolean isReleaseDue(long published, long total) {
        return Math.abs(total - published) >= Math.max(MIN_SHOWN_PERSONS, published / RELEASE_CHANGE_DIVISOR);
    }

    /**
     * Returns the next version of a table with open numbers. A half that stays open is 0 or at least {@link
     * #MIN_SHOWN_PERSONS}, and so is its distance from each number ever published for it. Otherwise both halves are
     * hidden permanently.
     *
     * @param earlier all versions, the newest last
     * @return empty when the newest version must stay: the total cannot be shown, the codes changed, or a small number
     *     would follow for one code if all others were unchanged
     */
    Optional<ReleasedNode> suppressAgain(
            BinaryCodeTree codes, List<ReleasedNode> earlier, ToLongFunction<String> amounts) {
        ReleasedNode newest = earlier.getLast();
        long total = codes.sumCodes(amounts);
        if (!earlier.stream().allMatch(part -> part.hasSameShapeAs(codes)) || !canBeShownAfterAll(earlier, total)) {
            return Optional.empty();
        }
        ReleasedNode next = openFollowing(codes, earlier, total, amounts);
        long published = Objects.requireNonNull(newest.value(), "nothing was open");
        return canBeGuessed(newest, next, total - published) ? Optional.empty() : Optional.of(next);
    }

    private ReleasedNode openFollowing(
            BinaryCodeTree codes, List<ReleasedNode> earlier, long value, ToLongFunction<String> amounts) {
        List<BinaryCodeTree> halves = codes.halves();
        if (halves.isEmpty()) {
            return new ReleasedNode(codes.code(), value, List.of());
        }
        List<List<ReleasedNode>> before = List.of(halvesOf(earlier, 0), halvesOf(earlier, 1));
        List<Long> sums = halves.stream().map(half -> half.sumCodes(amounts)).toList();
        boolean open = true;
        for (int i = 0; i < 2; i++) {
            open &= before.get(i).getLast().value() != null && canBeShownAfterAll(before.get(i), sums.get(i));
        }
        return new ReleasedNode(
                "",
                value,
                open
                        ? List.of(
                                openFollowing(halves.getFirst(), before.getFirst(), sums.getFirst(), amounts),
                                openFollowing(halves.getLast(), before.getLast(), sums.getLast(), amounts))
                        : List.of(halves.getFirst().hideAll(), halves.getLast().hideAll()));
    }

    private static List<ReleasedNode> halvesOf(List<ReleasedNode> parts, int which) {
        return parts.stream().map(part -> part.halves().get(which)).toList();
    }

    private static boolean canBeShownAfterAll(List<ReleasedNode> earlier, long value) {
        return canBeShownAfter(
                earlier.stream()
                        .map(ReleasedNode::value)
                        .filter(Objects::nonNull)
                        .toList(),
                value);
    }

    /**
     * Returns whether a number can be shown after earlier ones: neither the number nor its distance from any of them is
     * small.
     */
    static boolean canBeShownAfter(List<Long> published, long value) {
        return !isSmall(value) && published.stream().noneMatch(other -> isSmall(Math.abs(value - other)));
    }

    /** @param moved the change of the nearest open node */
    private static boolean canBeGuessed(ReleasedNode before, ReleasedNode after, long moved) {
        Long was = before.value();
        if (was == null) {
            return false;
        }
        Long is = after.value();
        if (is == null && isSmall(was + moved)) {
            return true;
        }
        long further = is == null ? moved : is - was;
        for (int i = 0; i < before.halves().size(); i++) {
            if (canBeGuessed(before.halves().get(i), after.halves().get(i), further)) {
                return true;
            }
        }
        return false;
    }
}
