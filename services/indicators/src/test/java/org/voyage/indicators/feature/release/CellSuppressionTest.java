package org.voyage.indicators.feature.release;

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
 * Attack test of the suppression rules with full knowledge: the public tree, the rules themselves and every possible
 * world. An attacker cannot distinguish worlds with equal releases. So the attacker knows a fact if it is equal in all
 * of them.
 */
class CellSuppressionTest {

    private static final long MAX_PERSONS = 30;
    /** Maximum increase of a number in another world. */
    private static final long MAX_TRIED_DIFFERENCE = 10;

    private static final Set<Long> ONE_TO_NINE = Set.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
    private static final BinaryCodeTree THREE = BinaryCodeTree.build(List.of("a", "b", "c"), List.of());
    private static final BinaryCodeTree TWO = BinaryCodeTree.build(List.of("a", "b"), List.of());

    @Test
    void whoever_knows_the_rules_finds_each_number_from_1_to_9_possible_where_something_is_hidden() {
        Map<ReleasedNode, List<long[]>> alike = enumerateWorlds(CellSuppression.completeSuppression());

        int hidden = 0;
        for (Map.Entry<ReleasedNode, List<long[]>> released : alike.entrySet()) {
            if (released.getValue().stream()
                    .noneMatch(world -> Arrays.stream(world).allMatch(value -> value <= MAX_TRIED_DIFFERENCE))) {
                continue;
            }
            for (int code = 0; code < 3; code++) {
                if (shownValue(released.getKey(), THREE, code) == null) {
                    assertThat(possibleValues(released.getValue(), code))
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
        for (ReleasedNode released :
                enumerateWorlds(CellSuppression.completeSuppression()).keySet()) {
            assertThat(openValues(released)).noneMatch(CellSuppression::isSmall);
        }
    }

    /** The attack succeeds here, which shows that it works. */
    @Test
    void where_small_ones_alone_are_hidden_they_are_found_out() {
        Map<ReleasedNode, List<long[]>> alike = enumerateWorlds(CellSuppression.smallOnlySuppression());

        assertThat(alike.entrySet())
                .anySatisfy(released -> assertThat(List.of(0, 1, 2)).anySatisfy(code -> {
                    assertThat(shownValue(released.getKey(), THREE, code)).isNull();
                    assertThat(possibleValues(released.getValue(), code)).hasSize(1);
                }));
    }

    /** All pairs of worlds of two codes: two releases reveal neither a number nor its change. */
    @Test
    void two_releases_together_hide_small_numbers_and_small_changes() {
        Map<List<Optional<ReleasedNode>>, List<long[]>> alike = new HashMap<>();
        long most = 26;
        for (long a = 0; a <= most; a++) {
            for (long b = 0; b <= most; b++) {
                ReleasedNode first = CellSuppression.completeSuppression().suppressFirst(TWO, amountsOf(TWO, a, b));
                for (long c = 0; c <= most; c++) {
                    for (long d = 0; d <= most; d++) {
                        Optional<ReleasedNode> second = suppressAgain(TWO, List.of(first), amountsOf(TWO, c, d));
                        alike.computeIfAbsent(List.of(Optional.of(first), second), key -> new ArrayList<>())
                                .add(new long[] {a, b, c, d});
                    }
                }
            }
        }

        int hiddenLater = 0;
        for (Map.Entry<List<Optional<ReleasedNode>>, List<long[]>> released : alike.entrySet()) {
            ReleasedNode first = released.getKey().getFirst().orElseThrow();
            Optional<ReleasedNode> second = released.getKey().getLast();
            List<long[]> worlds = released.getValue();
            if (second.isEmpty()
                    || worlds.stream().noneMatch(world -> Arrays.stream(world).allMatch(value -> value <= most / 2))) {
                continue;
            }
            for (int code = 0; code < 2; code++) {
                Long before = shownValue(first, TWO, code);
                Long after = shownValue(second.get(), TWO, code);
                if (before == null) {
                    assertThat(possibleValues(worlds, code)).containsAll(ONE_TO_NINE);
                    assertThat(after).as("what was hidden stays hidden").isNull();
                }
                if (Long.valueOf(0).equals(second.get().value())) {
                    assertThat(possibleValues(worlds, 2 + code))
                            .as("nothing is left")
                            .containsOnly(0L);
                } else if (after == null) {
                    assertThat(possibleValues(worlds, 2 + code))
                            .as("%s", released.getKey())
                            .containsAll(ONE_TO_NINE);
                    hiddenLater += before == null ? 0 : 1;
                } else if (before != null) {
                    assertThat(CellSuppression.isSmall(Math.abs(after - before)))
                            .isFalse();
                }
            }
        }
        assertThat(hiddenLater).isPositive();
    }

    /** The assumption that all other codes are unchanged reveals no small number either. */
    @Test
    void nothing_small_is_found_by_taking_the_others_for_unchanged() {
        Random random = new Random(12);
        BinaryCodeTree codes = BinaryCodeTree.build(List.of("a", "b", "c", "d", "e"), List.of());
        int hiddenLater = 0;
        for (int i = 0; i < 20_000; i++) {
            long[] before = random.longs(5, 0, 60).toArray();
            long[] after = before.clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                after[random.nextInt(5)] = random.nextLong(60);
            }
            ReleasedNode first = CellSuppression.completeSuppression().suppressFirst(codes, amountsOf(codes, before));
            Optional<ReleasedNode> second = suppressAgain(codes, List.of(first), amountsOf(codes, after));
            if (second.isEmpty()) {
                continue;
            }
            for (int code = 0; code < 5; code++) {
                Long was = shownValue(first, codes, code);
                if (was != null && shownValue(second.get(), codes, code) == null) {
                    assertThat(was + smallestOpenMove(first, second.get(), codes, code))
                            .matches(guess -> !CellSuppression.isSmall(guess));
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
            List<ReleasedNode> versions = new ArrayList<>(List.of(CellSuppression.completeSuppression()
                    .suppressFirst(
                            THREE, amountsOf(THREE, random.longs(3, 10, 60).toArray()))));
            for (int release = 0; release < 3; release++) {
                suppressAgain(
                                THREE,
                                versions,
                                amountsOf(THREE, random.longs(3, 10, 60).toArray()))
                        .ifPresent(versions::add);
            }
            thirds += versions.size() > 2 ? 1 : 0;
            for (int code = 0; code < 3; code++) {
                List<Long> published = new ArrayList<>();
                for (ReleasedNode version : versions) {
                    Long value = shownValue(version, THREE, code);
                    if (value != null) {
                        published.add(value);
                    }
                }
                for (long one : published) {
                    assertThat(published).noneMatch(other -> CellSuppression.isSmall(Math.abs(one - other)));
                }
            }
        }
        assertThat(thirds).isGreaterThan(100);
    }

    /** One student more or fewer changes no visible value. */
    @Test
    void a_year_is_not_released_again_for_little() {
        assertThat(CellSuppression.isReleaseDue(500, 501)).isFalse();
        assertThat(CellSuppression.isReleaseDue(500, 491)).isFalse();
        assertThat(CellSuppression.isReleaseDue(500, 510)).isTrue();
        assertThat(CellSuppression.isReleaseDue(17_019, 17_100)).isFalse();
        assertThat(CellSuppression.isReleaseDue(17_019, 17_189)).isTrue();
    }

    @Test
    void other_codes_are_not_released_over_old_ones() {
        ReleasedNode first = CellSuppression.completeSuppression().suppressFirst(TWO, amountsOf(TWO, 20, 30));

        assertThat(CellSuppression.completeSuppression()
                        .suppressAgain(THREE, List.of(first), amountsOf(THREE, 40, 50, 60)))
                .isEmpty();
    }

    private static Optional<ReleasedNode> suppressAgain(
            BinaryCodeTree codes, List<ReleasedNode> earlier, ToLongFunction<String> amounts) {
        Long published = earlier.getLast().value();
        return published == null || !CellSuppression.isReleaseDue(published, codes.sumCodes(amounts))
                ? Optional.empty()
                : CellSuppression.completeSuppression().suppressAgain(codes, earlier, amounts);
    }

    private static Map<ReleasedNode, List<long[]>> enumerateWorlds(CellSuppression protection) {
        Map<ReleasedNode, List<long[]>> alike = new HashMap<>();
        for (long a = 0; a <= MAX_PERSONS; a++) {
            for (long b = 0; b <= MAX_PERSONS; b++) {
                for (long c = 0; c <= MAX_PERSONS; c++) {
                    alike.computeIfAbsent(
                                    protection.suppressFirst(THREE, amountsOf(THREE, a, b, c)),
                                    released -> new ArrayList<>())
                            .add(new long[] {a, b, c});
                }
            }
        }
        return alike;
    }

    private static ToLongFunction<String> amountsOf(BinaryCodeTree codes, long... values) {
        List<String> names = codes.codes().toList();
        return code -> values[names.indexOf(code)];
    }

    private static @Nullable Long shownValue(ReleasedNode part, BinaryCodeTree codes, int code) {
        String name = codes.codes().toList().get(code);
        return part.sumOpen(name::equals);
    }

    private static Set<Long> possibleValues(List<long[]> worlds, int place) {
        Set<Long> possible = new TreeSet<>();
        worlds.forEach(world -> possible.add(world[place]));
        return possible;
    }

    private static Set<Long> openValues(ReleasedNode part) {
        Set<Long> open = new HashSet<>();
        if (part.value() != null) {
            open.add(part.value());
        }
        part.halves().forEach(half -> open.addAll(openValues(half)));
        return open;
    }

    /** Returns the change of the smallest open part around a code. */
    private static long smallestOpenMove(ReleasedNode before, ReleasedNode after, BinaryCodeTree codes, int code) {
        String name = codes.codes().toList().get(code);
        long moved = 0;
        ReleasedNode was = before;
        ReleasedNode is = after;
        BinaryCodeTree at = codes;
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
