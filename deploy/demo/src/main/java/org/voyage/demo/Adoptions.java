package org.voyage.demo;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Which standards were adopted where and when, so that the published numbers stand. The source prints 3,994 for 2019
 * beside 595 and 3,349: the 50 between are constructed as occupational standards, so that all three come out.
 */
final class Adoptions {

    private static final String GUANGXI = "45";

    private static final int[] INSTRUCTION = {20, 55, 130, 270, 420, 595, 800, 1_012, 1_080, 1_150, 1_190, 1_230};

    /** Without Guangxi; it falls after 2021, from more than 6,000 in all to 5,986. */
    private static final int[] CURRICULUM = {
        190, 440, 880, 1_506, 2_390, 3_269, 4_650, 5_890, 5_840, 5_798, 5_900, 6_000
    };

    /**
     * Of 221 in 2023, 188 are 85 % as published. With those at home there are 180 in 2022, for which growth is 22.8 %:
     * the published 22.5 % follows from no whole number.
     */
    private static final int[] GUANGXI_ASEAN = {4, 10, 18, 30, 52, 80, 112, 150, 154, 188, 196, 205};

    private static final int[] GUANGXI_HOME = {0, 2, 4, 6, 9, 12, 16, 20, 26, 33, 36, 40};
    private static final int FIRST_YEAR = 2014;

    /** Published for 2023: curriculum standards abroad, and how many of them Double High Plan colleges developed. */
    private static final LocalDate COUNTED = LocalDate.of(2023, 12, 31);

    private static final int CURRICULUM_2023 = 5_986;
    private static final int BY_DOUBLE_HIGH = 3_087;

    private static final int TANZANIA = 93;
    private static final int TANZANIA_COLLEGES = 129;

    private final Bureaus bureaus;
    private final Random random = new Random(2014);
    private final Countries countries = new Countries(random);
    private final Wheel provinces;
    private final Quota doubleHigh = new Quota(BY_DOUBLE_HIGH, CURRICULUM_2023);
    private final List<Adoption> adoptions = new ArrayList<>();

    Adoptions(Bureaus bureaus) {
        this.bureaus = bureaus;
        this.provinces = bureaus.wheel("standards");
    }

    List<Adoption> build() {
        add("instruction", Stock.yearly(FIRST_YEAR, 15, INSTRUCTION), this::somewhere, countries::partner);
        add("curriculum", Stock.yearly(FIRST_YEAR, 25, CURRICULUM), this::somewhere, countries::partner);
        add("curriculum", Stock.yearly(FIRST_YEAR, 0, GUANGXI_ASEAN), () -> GUANGXI, countries::asean);
        add("curriculum", Stock.yearly(FIRST_YEAR, 0, GUANGXI_HOME), () -> GUANGXI, () -> "CHN");
        add("curriculum", Stock.yearly(FIRST_YEAR, 10, 20, 45, 70, 100, 130, 170, 200), this::somewhere, () -> "CHN");
        add("occupational", Stock.yearly(2018, 0, 18, 50), this::somewhere, this::butTanzania);
        tanzania();
        return List.copyOf(adoptions);
    }

    private void add(String kind, List<Stock.Span> spans, Supplier<String> province, Supplier<String> country) {
        for (Slot slot : Stock.slots(spans)) {
            String owner = province.get();
            String adopter = country.get();
            boolean onTheList = counts(kind, adopter, slot) ? doubleHigh.next() : random.nextBoolean();
            add(kind, owner, developers(owner, onTheList), adopter, slot);
        }
    }

    private static boolean counts(String kind, String country, Slot slot) {
        return kind.equals("curriculum") && !country.equals("CHN") && slot.standsAt(COUNTED);
    }

    /** Mostly one college; two of a kind, so that it is the same whether the first, any or all are looked at. */
    private List<String> developers(String province, boolean onTheList) {
        String first = bureaus.college(province, onTheList, random);
        String second = bureaus.college(province, onTheList, random);
        boolean joint = random.nextInt(5) == 0 && !second.equals(first);
        return joint ? List.of(first, second) : List.of(first);
    }

    /** 93 occupational standards of 129 colleges, decided in 2022 and 2023. */
    private void tanzania() {
        List<String> colleges = bureaus.spread();
        List<Slot> slots = Stock.slots(Stock.yearly(2022, 0, 40, TANZANIA));
        for (int i = 0; i < TANZANIA; i++) {
            String college = colleges.get(i);
            List<String> developing =
                    TANZANIA + i < TANZANIA_COLLEGES ? List.of(college, colleges.get(TANZANIA + i)) : List.of(college);
            add("occupational", Bureaus.provinceOf(college), developing, "TZA", slots.get(i));
        }
    }

    private void add(String kind, String province, List<String> colleges, String country, Slot slot) {
        String id = "ST-%d-%05d".formatted(slot.openedOn().getYear(), adoptions.size() + 1);
        adoptions.add(new Adoption(kind, province, id, colleges, country, slot));
    }

    private String somewhere() {
        return provinces.draw(random);
    }

    private String butTanzania() {
        String country = countries.partner();
        return country.equals("TZA") ? "KEN" : country;
    }
}
