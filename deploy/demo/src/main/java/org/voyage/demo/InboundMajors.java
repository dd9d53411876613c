package org.voyage.demo;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/** What students from abroad study: at the end of 2023 exactly 1,274 majors, few of them much, most of them little. */
final class InboundMajors {

    /** Published for 2023; the catalogue of 2021 has 1,349. */
    private static final int SECONDARY = 300;

    private static final int BACHELOR = 179;

    /** Vocational bachelors do not exist before. */
    private static final int FIRST_BACHELOR_YEAR = 2019;

    private final Random random;
    private final List<String> older = new ArrayList<>(Majors.all());
    private final List<String> every = new ArrayList<>();
    private final Deque<String> uncovered = new ArrayDeque<>();
    private final Deque<String> uncoveredBachelor = new ArrayDeque<>();

    InboundMajors(Random random) {
        this.random = random;
        older.addAll(Majors.secondary(SECONDARY));
        Collections.shuffle(older, random);
        List<String> bachelor = new ArrayList<>(Majors.bachelor(BACHELOR));
        Collections.shuffle(bachelor, random);
        every.addAll(older.subList(0, 200));
        every.addAll(bachelor);
        every.addAll(older.subList(200, older.size()));
        uncovered.addAll(older);
        uncoveredBachelor.addAll(bachelor);
    }

    /** The major of somebody who begins in {@code year}; one that nobody has yet if it {@code counts}. */
    String draw(int year, boolean counts) {
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
