package org.voyage.indicators.feature.release;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Decides which parts of a table are open. The package says what follows from its rules, and why. */
final class CellSuppression {

    /** Fewer persons than this, but not none, are never shown. */
    static final long MIN_SHOWN_PERSONS = 10;

    /** A year is released again when its total has moved by 1 / this of what was published. */
    private static final long RELEASE_CHANGE_DIVISOR = 100;

    private final boolean isComplementary;

    private CellSuppression(boolean complementary) {
        this.isComplementary = complementary;
    }

    static CellSuppression completeSuppression() {
        return new CellSuppression(true);
    }

    /** Hides what is small and nothing else, which anybody undoes by a subtraction: for the test of the test. */
    static CellSuppression smallOnlySuppression() {
        return new CellSuppression(false);
    }

    static boolean isSmall(long value) {
        return value > 0 && value < MIN_SHOWN_PERSONS;
    }

    /** A table of a year of which nothing was ever open. */
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

    /** Whether a total has moved so far that its year is to be released again. */
    static boolean isReleaseDue(long published, long total) {
        return Math.abs(total - published) >= Math.max(MIN_SHOWN_PERSONS, published / RELEASE_CHANGE_DIVISOR);
    }

    /**
     * The table of a year of which something is open already. Every half that is open again is 0 or at least {@link
     * #MIN_SHOWN_PERSONS}, and so is its distance from each number that was ever published of it; else both halves are hidden, for
     * ever.
     *
     * @param earlier all versions, the newest last
     * @return empty when the total itself cannot be shown, when the codes are other ones, or when somebody who takes all
     *     but one code for unchanged would find a small number at it: then the newest version goes on
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

    /** Whether a number can be shown where others were: it is not small, and neither is its distance from any of them. */
    static boolean canBeShownAfter(List<Long> published, long value) {
        return !isSmall(value) && published.stream().noneMatch(other -> isSmall(Math.abs(value - other)));
    }

    /** @param moved by how much the nearest open part has moved */
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
