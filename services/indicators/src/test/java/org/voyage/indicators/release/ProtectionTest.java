package org.voyage.indicators.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Attacks the rules with all that there is to know: the public tree, the rules themselves and every world there could be.
 * Worlds that are released alike cannot be told apart by anybody, so what is the same in all of them is what an attacker
 * knows.
 */
class ProtectionTest {

    private static final long MOST = 30;
    /** What takes the place of a number in another world may be this much larger. */
    private static final long LARGEST_TRIED = 10;

    private static final Set<Long> ONE_TO_NINE = Set.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
    private static final Halves THREE = Halves.of(List.of("a", "b", "c"), List.of());
    private static final Halves TWO = Halves.of(List.of("a", "b"), List.of());

    @Test
    void whoever_knows_the_rules_finds_each_number_from_1_to_9_possible_where_something_is_hidden() {
        Map<Part, List<long[]>> alike = worldsOfThree(Protection.complete());

        int hidden = 0;
        for (Map.Entry<Part, List<long[]>> released : alike.entrySet()) {
            if (released.getValue().stream()
                    .noneMatch(world -> Arrays.stream(world).allMatch(value -> value <= LARGEST_TRIED))) {
                continue;
            }
            for (int code = 0; code < 3; code++) {
                if (shown(released.getKey(), THREE, code) == null) {
                    assertThat(possible(released.getValue(), code))
                            .as("%s in %s", code, released.getKey())
                            .containsAll(ONE_TO_NINE);
                    hidden++;
                }
            }
        }
        assertThat(hidden).isGreaterThan(50);
    }

    @Test
    void nothing_from_1_to_9_is_open() {
        for (Part released : worldsOfThree(Protection.complete()).keySet()) {
            assertThat(open(released)).noneMatch(Protection::isSmall);
        }
    }

    /** The same attack, so that it is known to find something where there is something. */
    @Test
    void where_small_ones_alone_are_hidden_they_are_found_out() {
        Map<Part, List<long[]>> alike = worldsOfThree(Protection.ofSmallOnesAlone());

        assertThat(alike.entrySet())
                .anySatisfy(released -> assertThat(List.of(0, 1, 2)).anySatisfy(code -> {
                    assertThat(shown(released.getKey(), THREE, code)).isNull();
                    assertThat(possible(released.getValue(), code)).hasSize(1);
                }));
    }

    /** All pairs of worlds of two codes: neither a number nor its change can be found out from two releases. */
    @Test
    void two_releases_together_hide_small_numbers_and_small_changes() {
        Map<List<Optional<Part>>, List<long[]>> alike = new HashMap<>();
        long most = 26;
        for (long a = 0; a <= most; a++) {
            for (long b = 0; b <= most; b++) {
                Part first = Protection.complete().first(TWO, amounts(TWO, a, b));
                for (long c = 0; c <= most; c++) {
                    for (long d = 0; d <= most; d++) {
                        Optional<Part> second = again(TWO, List.of(first), amounts(TWO, c, d));
                        alike.computeIfAbsent(List.of(Optional.of(first), second), key -> new ArrayList<>())
                                .add(new long[] {a, b, c, d});
                    }
                }
            }
        }

        int hiddenLater = 0;
        for (Map.Entry<List<Optional<Part>>, List<long[]>> released : alike.entrySet()) {
            Part first = released.getKey().getFirst().orElseThrow();
            Optional<Part> second = released.getKey().getLast();
            List<long[]> worlds = released.getValue();
            if (second.isEmpty()
                    || worlds.stream().noneMatch(world -> Arrays.stream(world).allMatch(value -> value <= most / 2))) {
                continue;
            }
            for (int code = 0; code < 2; code++) {
                Long before = shown(first, TWO, code);
                Long after = shown(second.get(), TWO, code);
                if (before == null) {
                    assertThat(possible(worlds, code)).containsAll(ONE_TO_NINE);
                    assertThat(after).as("what was hidden stays hidden").isNull();
                }
                if (Long.valueOf(0).equals(second.get().value())) {
                    assertThat(possible(worlds, 2 + code)).as("nothing is left").containsOnly(0L);
                } else if (after == null) {
                    assertThat(possible(worlds, 2 + code))
                            .as("%s", released.getKey())
                            .containsAll(ONE_TO_NINE);
                    hiddenLater += before == null ? 0 : 1;
                } else if (before != null) {
                    assertThat(Protection.isSmall(Math.abs(after - before))).isFalse();
                }
            }
        }
        assertThat(hiddenLater).isPositive();
    }

    /** Whoever takes everything but one code for unchanged finds no small number either. */
    @Test
    void nothing_small_is_found_by_taking_the_others_for_unchanged() {
        Random random = new Random(12);
        Halves codes = Halves.of(List.of("a", "b", "c", "d", "e"), List.of());
        int hiddenLater = 0;
        for (int i = 0; i < 20_000; i++) {
            long[] before = random.longs(5, 0, 60).toArray();
            long[] after = before.clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                after[random.nextInt(5)] = random.nextLong(60);
            }
            Part first = Protection.complete().first(codes, amounts(codes, before));
            Optional<Part> second = again(codes, List.of(first), amounts(codes, after));
            if (second.isEmpty()) {
                continue;
            }
            for (int code = 0; code < 5; code++) {
                Long was = shown(first, codes, code);
                if (was != null && shown(second.get(), codes, code) == null) {
                    assertThat(was + movedAround(first, second.get(), codes, code))
                            .matches(guess -> !Protection.isSmall(guess));
                    hiddenLater++;
                }
            }
        }
        assertThat(hiddenLater).isGreaterThan(100);
    }

    @Test
    void no_number_comes_near_one_that_was_published_long_ago() {
        Random random = new Random(8);
        int thirds = 0;
        for (int i = 0; i < 20_000; i++) {
            List<Part> versions = new ArrayList<>(List.of(Protection.complete()
                    .first(THREE, amounts(THREE, random.longs(3, 10, 60).toArray()))));
            for (int release = 0; release < 3; release++) {
                again(THREE, versions, amounts(THREE, random.longs(3, 10, 60).toArray()))
                        .ifPresent(versions::add);
            }
            thirds += versions.size() > 2 ? 1 : 0;
            for (int code = 0; code < 3; code++) {
                List<Long> published = new ArrayList<>();
                for (Part version : versions) {
                    Long value = shown(version, THREE, code);
                    if (value != null) {
                        published.add(value);
                    }
                }
                for (long one : published) {
                    assertThat(published).noneMatch(other -> Protection.isSmall(Math.abs(one - other)));
                }
            }
        }
        assertThat(thirds).isGreaterThan(100);
    }

    /** One student more or fewer changes nothing that anybody sees. */
    @Test
    void a_year_is_not_released_again_for_little() {
        assertThat(Protection.isWorthIt(500, 501)).isFalse();
        assertThat(Protection.isWorthIt(500, 491)).isFalse();
        assertThat(Protection.isWorthIt(500, 510)).isTrue();
        assertThat(Protection.isWorthIt(17_019, 17_100)).isFalse();
        assertThat(Protection.isWorthIt(17_019, 17_189)).isTrue();
    }

    @Test
    void other_codes_are_not_released_over_old_ones() {
        Part first = Protection.complete().first(TWO, amounts(TWO, 20, 30));

        assertThat(Protection.complete().again(THREE, List.of(first), amounts(THREE, 40, 50, 60)))
                .isEmpty();
    }

    private static Optional<Part> again(Halves codes, List<Part> earlier, ToLongFunction<String> amounts) {
        Long published = earlier.getLast().value();
        return published == null || !Protection.isWorthIt(published, codes.sum(amounts))
                ? Optional.empty()
                : Protection.complete().again(codes, earlier, amounts);
    }

    private static Map<Part, List<long[]>> worldsOfThree(Protection protection) {
        Map<Part, List<long[]>> alike = new HashMap<>();
        for (long a = 0; a <= MOST; a++) {
            for (long b = 0; b <= MOST; b++) {
                for (long c = 0; c <= MOST; c++) {
                    alike.computeIfAbsent(
                                    protection.first(THREE, amounts(THREE, a, b, c)), released -> new ArrayList<>())
                            .add(new long[] {a, b, c});
                }
            }
        }
        return alike;
    }

    private static ToLongFunction<String> amounts(Halves codes, long... values) {
        List<String> names = codes.codes().toList();
        return code -> values[names.indexOf(code)];
    }

    private static @Nullable Long shown(Part part, Halves codes, int code) {
        String name = codes.codes().toList().get(code);
        return part.sum(name::equals);
    }

    private static Set<Long> possible(List<long[]> worlds, int place) {
        Set<Long> possible = new TreeSet<>();
        worlds.forEach(world -> possible.add(world[place]));
        return possible;
    }

    private static Set<Long> open(Part part) {
        Set<Long> open = new HashSet<>();
        if (part.value() != null) {
            open.add(part.value());
        }
        part.halves().forEach(half -> open.addAll(open(half)));
        return open;
    }

    /** By how much the smallest open part around a code has moved. */
    private static long movedAround(Part before, Part after, Halves codes, int code) {
        String name = codes.codes().toList().get(code);
        long moved = 0;
        Part was = before;
        Part is = after;
        Halves at = codes;
        while (was.value() != null && is.value() != null) {
            moved = is.value() - was.value();
            if (at.halves().isEmpty()) {
                break;
            }
            int half = at.halves().getFirst().codes().anyMatch(name::equals) ? 0 : 1;
            was = was.halves().get(half);
            is = is.halves().get(half);
            at = at.halves().get(half);
        }
        return moved;
    }
}
