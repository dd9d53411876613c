package org.voyage.demo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The invented schools: as many, where and by whom as the published figures leave over after the known ones. */
final class ConstructedSchools {

    /** Published: distinct founding schools in August 2021. */
    private static final int FOUNDERS = 94;

    private static final int SUSPENDED_EVERY = 61;

    private final List<School> known;
    private final Random random = new Random(2012);
    private final Founders founders;
    private final Places places = new Places(random);
    private final SchoolNames names = new SchoolNames();

    ConstructedSchools(List<School> known, Colleges colleges) {
        this.known = known;
        this.founders = new Founders(colleges, random);
    }

    List<School> build() {
        List<Slot> slots = Timeline.slots(known);
        List<Founders.Founder> founding = founding(slots);
        List<Places.Place> standing = standing(slots);
        List<List<String>> majors = majors(slots);
        List<School> schools = new ArrayList<>();
        for (int i = 0; i < slots.size(); i++) {
            schools.add(school(i, slots.get(i), founding.get(i), standing.get(i), majors.get(i)));
        }
        return schools;
    }

    private List<Founders.Founder> founding(List<Slot> slots) {
        int wanted = FOUNDERS
                - (int) known.stream()
                        .flatMap(school -> school.foundingColleges().stream())
                        .distinct()
                        .count();
        return slots.stream()
                .map(slot ->
                        isEarly(slot) ? founders.early(slot.standsAt(Timeline.AUGUST_2021), wanted) : founders.late())
                .toList();
    }

    private List<Places.Place> standing(List<Slot> slots) {
        Set<String> covered = known.stream().map(School::hostCountry).collect(Collectors.toSet());
        List<String> uncovered = places.uncovered(covered);
        List<Integer> staying = IntStream.range(0, slots.size())
                .filter(i -> isEarly(slots.get(i)) && slots.get(i).standsAt(Timeline.AUGUST_2021))
                .boxed()
                .toList();
        // The last ones fill the map, so that the first years keep to the neighbours.
        List<Integer> filling = staying.subList(staying.size() - uncovered.size(), staying.size());
        return IntStream.range(0, slots.size())
                .mapToObj(i -> {
                    int fill = filling.indexOf(i);
                    if (fill >= 0) {
                        return places.in(uncovered.get(fill));
                    }
                    return isEarly(slots.get(i)) ? places.early() : places.late();
                })
                .toList();
    }

    /** Every major is taught by a school that stands at the end of 2023. */
    private List<List<String>> majors(List<Slot> slots) {
        List<String> all = Majors.all();
        List<List<String>> majors = new ArrayList<>(Collections.nCopies(slots.size(), List.<String>of()));
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, slots.size()).boxed().toList());
        Collections.shuffle(order, random);
        int next = 0;
        for (int i : order) {
            int count = 1 + Math.min(random.nextInt(4), random.nextInt(4));
            boolean covers = next < all.size() && slots.get(i).standsAt(Headcounts.LAST_DAY);
            int from = covers ? next : random.nextInt(all.size());
            int to = Math.min(from + count, all.size());
            majors.set(i, all.subList(from, to));
            next = covers ? to : next;
        }
        return majors;
    }

    private School school(int i, Slot slot, Founders.Founder founder, Places.Place place, List<String> majors) {
        String tier =
                i % 34 == 33 ? "applied-technology-university" : i % 3 == 2 ? "applied-technology-college" : "workshop";
        String form = List.of("training-centre", "teaching-base", "branch", "industrial-college")
                .get(i % 4);
        String brand = names.brand(founder.province());
        boolean suspended = i % SUSPENDED_EVERY == SUSPENDED_EVERY - 1;
        return new School(
                founder.province(),
                "OS-%d-%03d".formatted(slot.openedOn().getYear(), i + 1),
                names.zh(place, Majors.field(majors.getFirst()), brand),
                names.en(place, Majors.fieldEn(majors.getFirst()), brand),
                brand,
                tier,
                form,
                place.country(),
                place.cityZh(),
                founder.colleges(),
                i % 5 == 4
                        ? List.of()
                        : List.of(new School.Partner(place.cityEn() + " Example Technical College", place.country())),
                i % 6 == 5 ? List.of("示例工程公司") : List.of(),
                majors,
                slot.closedOn() != null ? "closed" : suspended ? "suspended" : "open",
                slot.openedOn(),
                slot.closedOn());
    }

    private static boolean isEarly(Slot slot) {
        return !slot.openedOn().isAfter(Timeline.AUGUST_2021);
    }
}
