package org.voyage.demo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Generator of the invented schools. They fill the published figures after the known schools: number, places and
 * founders.
 */
final class ConstructedSchools {

    /** Published: distinct founding schools in August 2021. */
    private static final int FOUNDERS_AUGUST_2021 = 94;

    private static final int SUSPENDED_INTERVAL = 61;

    private final List<OverseasSchool> known;
    private final Random random = new Random(2012);
    private final FounderDraw founders;
    private final PlaceDraw places = new PlaceDraw(random);
    private final SchoolNames names = new SchoolNames();

    ConstructedSchools(List<OverseasSchool> known, CollegeCodes colleges) {
        this.known = known;
        this.founders = new FounderDraw(colleges, random);
    }

    List<OverseasSchool> buildSchools() {
        List<OpenPeriod> slots = SchoolTimeline.remainingPeriods(known);
        List<FounderDraw.FoundingColleges> founding = drawFounders(slots);
        List<PlaceDraw.SchoolPlace> standing = drawPlaces(slots);
        List<List<String>> majors = drawMajors(slots);
        List<OverseasSchool> schools = new ArrayList<>();
        for (int i = 0; i < slots.size(); i++) {
            schools.add(buildSchool(i, slots.get(i), founding.get(i), standing.get(i), majors.get(i)));
        }
        return schools;
    }

    private List<FounderDraw.FoundingColleges> drawFounders(List<OpenPeriod> slots) {
        int wanted = FOUNDERS_AUGUST_2021
                - (int) known.stream()
                        .flatMap(school -> school.foundingColleges().stream())
                        .distinct()
                        .count();
        return slots.stream()
                .map(slot -> isEarly(slot)
                        ? founders.drawEarlyFounder(slot.existsAt(SchoolTimeline.AUGUST_2021), wanted)
                        : founders.drawLateFounder())
                .toList();
    }

    private List<PlaceDraw.SchoolPlace> drawPlaces(List<OpenPeriod> slots) {
        Set<String> covered = known.stream().map(OverseasSchool::hostCountry).collect(Collectors.toSet());
        List<String> uncovered = places.uncoveredCountries(covered);
        List<Integer> staying = IntStream.range(0, slots.size())
                .filter(i -> isEarly(slots.get(i)) && slots.get(i).existsAt(SchoolTimeline.AUGUST_2021))
                .boxed()
                .toList();
        // The last ones fill the map, so that the first years stay near China.
        List<Integer> filling = staying.subList(staying.size() - uncovered.size(), staying.size());
        return IntStream.range(0, slots.size())
                .mapToObj(i -> {
                    int fill = filling.indexOf(i);
                    if (fill >= 0) {
                        return places.placeIn(uncovered.get(fill));
                    }
                    return isEarly(slots.get(i)) ? places.drawEarlyPlace() : places.drawLatePlace();
                })
                .toList();
    }

    /** Draws majors so that a school open at the end of 2023 teaches each of them. */
    private List<List<String>> drawMajors(List<OpenPeriod> slots) {
        List<String> all = MajorCatalogue.higherVocational();
        List<List<String>> majors = new ArrayList<>(Collections.nCopies(slots.size(), List.<String>of()));
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, slots.size()).boxed().toList());
        Collections.shuffle(order, random);
        int next = 0;
        for (int i : order) {
            int count = 1 + Math.min(random.nextInt(4), random.nextInt(4));
            boolean covers = next < all.size() && slots.get(i).existsAt(HeadcountGenerator.LAST_DAY);
            int from = covers ? next : random.nextInt(all.size());
            int to = Math.min(from + count, all.size());
            majors.set(i, all.subList(from, to));
            next = covers ? to : next;
        }
        return majors;
    }

    private OverseasSchool buildSchool(
            int i,
            OpenPeriod slot,
            FounderDraw.FoundingColleges founder,
            PlaceDraw.SchoolPlace place,
            List<String> majors) {
        String tier =
                i % 34 == 33 ? "applied-technology-university" : i % 3 == 2 ? "applied-technology-college" : "workshop";
        String form = List.of("training-centre", "teaching-base", "branch", "industrial-college")
                .get(i % 4);
        String brand = names.drawBrand(founder.province());
        boolean suspended = i % SUSPENDED_INTERVAL == SUSPENDED_INTERVAL - 1;
        return new OverseasSchool(
                founder.province(),
                "OS-%d-%03d".formatted(slot.openedOn().getYear(), i + 1),
                names.chineseName(place, MajorCatalogue.fieldOf(majors.getFirst()), brand),
                names.englishName(place, MajorCatalogue.englishFieldOf(majors.getFirst()), brand),
                brand,
                tier,
                form,
                place.country(),
                place.cityZh(),
                founder.colleges(),
                i % 5 == 4
                        ? List.of()
                        : List.of(new OverseasSchool.SchoolPartner(
                                place.cityEn() + " Example Technical College", place.country())),
                i % 6 == 5 ? List.of("示例工程公司") : List.of(),
                majors,
                slot.closedOn() != null ? "closed" : suspended ? "suspended" : "open",
                slot.openedOn(),
                slot.closedOn());
    }

    private static boolean isEarly(OpenPeriod slot) {
        return !slot.openedOn().isAfter(SchoolTimeline.AUGUST_2021);
    }
}
