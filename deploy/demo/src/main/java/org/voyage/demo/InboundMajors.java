package org.voyage.demo;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Random draw of majors of students from abroad: at the end of 2023 exactly 1,274 majors, few with many students, most
 * with few. At Double High Plan colleges exactly 655 of them.
 */
final class InboundMajors {

    /** Published for 2023 is 1,274 in all; the catalogue of 2021 has 1,349. */
    private static final int SECONDARY_MAJORS = 300;

    private static final int BACHELOR_MAJORS = 179;

    /** Published for 2023 is 655 in all. */
    private static final int DOUBLE_HIGH_BACHELOR_MAJORS = 92;

    private static final int DOUBLE_HIGH_OLDER_MAJORS = 563;

    /** First year of vocational bachelors. */
    private static final int FIRST_BACHELOR_YEAR = 2019;

    private final Random random;
    private final MajorOffer atDoubleHigh;
    private final MajorOffer elsewhere;

    InboundMajors(Random random) {
        this.random = random;
        List<String> older = new ArrayList<>(MajorCatalogue.higherVocational());
        older.addAll(MajorCatalogue.secondary(SECONDARY_MAJORS));
        Collections.shuffle(older, random);
        List<String> bachelor = new ArrayList<>(MajorCatalogue.bachelor(BACHELOR_MAJORS));
        Collections.shuffle(bachelor, random);
        atDoubleHigh = new MajorOffer(
                older.subList(0, DOUBLE_HIGH_OLDER_MAJORS), bachelor.subList(0, DOUBLE_HIGH_BACHELOR_MAJORS), Set.of());
        // The others teach all of them, and the rest alone.
        elsewhere = new MajorOffer(older, bachelor, new HashSet<>(atDoubleHigh.every));
    }

    /**
     * Draws the major of a student who begins in {@code year}; an unused one if the student {@code counts}.
     *
     * @param onTheList whether the college is one of the Double High Plan
     */
    String drawMajor(int year, boolean counts, boolean onTheList) {
        return (onTheList ? atDoubleHigh : elsewhere).drawMajor(year, counts, random);
    }

    /** Majors of one kind of college, the popular ones first. */
    private static final class MajorOffer {

        private final List<String> older;
        private final List<String> every = new ArrayList<>();
        private final Deque<String> uncovered;
        private final Deque<String> uncoveredBachelor;

        MajorOffer(List<String> older, List<String> bachelor, Set<String> covered) {
            this.older = List.copyOf(older);
            every.addAll(older.subList(0, 200));
            every.addAll(bachelor);
            every.addAll(older.subList(200, older.size()));
            uncovered = uncoveredMajors(older, covered);
            uncoveredBachelor = uncoveredMajors(bachelor, covered);
        }

        private static Deque<String> uncoveredMajors(List<String> majors, Set<String> covered) {
            return new ArrayDeque<>(
                    majors.stream().filter(major -> !covered.contains(major)).toList());
        }

        String drawMajor(int year, boolean counts, Random random) {
            boolean bachelor = year >= FIRST_BACHELOR_YEAR;
            if (counts && bachelor && !uncoveredBachelor.isEmpty()) {
                return uncoveredBachelor.remove();
            }
            if (counts && !uncovered.isEmpty()) {
                return uncovered.remove();
            }
            List<String> from = bachelor ? every : older;
            return from.get((int) (from.size() * Math.pow(random.nextDouble(), 3)));
        }
    }
}
