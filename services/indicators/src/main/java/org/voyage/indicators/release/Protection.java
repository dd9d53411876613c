package org.voyage.indicators.release;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Decides which parts of a table are open. The package says what follows from its rules, and why. */
final class Protection {

    /** Fewer persons than this, but not none, are never shown. */
    static final long FEWEST = 10;

    /** A year is released again when its total has moved by 1 / this of what was published. */
    private static final long WORTH = 100;

    private final boolean complementary;

    private Protection(boolean complementary) {
        this.complementary = complementary;
    }

    static Protection complete() {
        return new Protection(true);
    }

    /** Hides what is small and nothing else, which anybody undoes by a subtraction: for the test of the test. */
    static Protection ofSmallOnesAlone() {
        return new Protection(false);
    }

    static boolean isSmall(long value) {
        return value > 0 && value < FEWEST;
    }

    /** A table of a year of which nothing was ever open. */
    Part first(Halves codes, ToLongFunction<String> amounts) {
        long total = codes.sum(amounts);
        return isSmall(total) ? codes.hidden() : open(codes, total, amounts);
    }

    private Part open(Halves codes, @Nullable Long value, ToLongFunction<String> amounts) {
        if (codes.halves().isEmpty()) {
            return new Part(codes.code(), value, List.of());
        }
        List<Halves> halves = codes.halves();
        boolean small = halves.stream().anyMatch(half -> isSmall(half.sum(amounts)));
        return new Part(
                "",
                value,
                halves.stream()
                        .map(half -> {
                            long sum = half.sum(amounts);
                            return small && complementary
                                    ? half.hidden()
                                    : open(half, isSmall(sum) ? null : sum, amounts);
                        })
                        .toList());
    }

    /** Whether a total has moved so far that its year is to be released again. */
    static boolean isWorthIt(long published, long total) {
        return Math.abs(total - published) >= Math.max(FEWEST, published / WORTH);
    }

    /**
     * The table of a year of which something is open already. Every half that is open again is 0 or at least {@link
     * #FEWEST}, and so is its distance from each number that was ever published of it; else both halves are hidden, for
     * ever.
     *
     * @param earlier all versions, the newest last
     * @return empty when the total itself cannot be shown, when the codes are other ones, or when somebody who takes all
     *     but one code for unchanged would find a small number at it: then the newest version goes on
     */
    Optional<Part> again(Halves codes, List<Part> earlier, ToLongFunction<String> amounts) {
        Part newest = earlier.getLast();
        long total = codes.sum(amounts);
        if (!earlier.stream().allMatch(part -> part.hasShapeOf(codes)) || !canFollowAll(earlier, total)) {
            return Optional.empty();
        }
        Part next = follow(codes, earlier, total, amounts);
        long published = Objects.requireNonNull(newest.value(), "nothing was open");
        return canBeGuessed(newest, next, total - published) ? Optional.empty() : Optional.of(next);
    }

    private Part follow(Halves codes, List<Part> earlier, long value, ToLongFunction<String> amounts) {
        List<Halves> halves = codes.halves();
        if (halves.isEmpty()) {
            return new Part(codes.code(), value, List.of());
        }
        List<List<Part>> before = List.of(half(earlier, 0), half(earlier, 1));
        List<Long> sums = halves.stream().map(half -> half.sum(amounts)).toList();
        boolean open = true;
        for (int i = 0; i < 2; i++) {
            open &= before.get(i).getLast().value() != null && canFollowAll(before.get(i), sums.get(i));
        }
        return new Part(
                "",
                value,
                open
                        ? List.of(
                                follow(halves.getFirst(), before.getFirst(), sums.getFirst(), amounts),
                                follow(halves.getLast(), before.getLast(), sums.getLast(), amounts))
                        : List.of(halves.getFirst().hidden(), halves.getLast().hidden()));
    }

    private static List<Part> half(List<Part> parts, int which) {
        return parts.stream().map(part -> part.halves().get(which)).toList();
    }

    private static boolean canFollowAll(List<Part> earlier, long value) {
        return canFollow(
                earlier.stream().map(Part::value).filter(Objects::nonNull).toList(), value);
    }

    /** Whether a number can be shown where others were: it is not small, and neither is its distance from any of them. */
    static boolean canFollow(List<Long> published, long value) {
        return !isSmall(value) && published.stream().noneMatch(other -> isSmall(Math.abs(value - other)));
    }

    /** @param moved by how much the nearest open part has moved */
    private static boolean canBeGuessed(Part before, Part after, long moved) {
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
