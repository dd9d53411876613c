package org.voyage.demo;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Generator of standards' first adoptions by place and time, so that the published numbers hold. The source prints
 * 3,994 for 2019, and also 595 and 3,349. The missing 50 are constructed as occupational standards, so that all three
 * numbers hold.
 */
final class AdoptionGenerator {

    private static final String GUANGXI = "45";

    private static final int[] INSTRUCTION_TARGETS = {20, 55, 130, 270, 420, 595, 800, 1_012, 1_080, 1_150, 1_190, 1_230
    };

    /** Targets without Guangxi; they fall after 2021, from more than 6,000 in all to 5,986. */
    private static final int[] CURRICULUM_TARGETS = {
        190, 440, 880, 1_506, 2_390, 3_269, 4_650, 5_890, 5_840, 5_798, 5_900, 6_000
    };

    /**
     * Targets of Guangxi and ASEAN. Of 221 in 2023, 188 are 85 % as published. With those at home there are 180 in
     * 2022, for which growth is 22.8 %: the published 22.5 % follows from no whole number.
     */
    private static final int[] GUANGXI_ASEAN_TARGETS = {4, 10, 18, 30, 52, 80, 112, 150, 154, 188, 196, 205};

    private static final int[] GUANGXI_HOME_TARGETS = {0, 2, 4, 6, 9, 12, 16, 20, 26, 33, 36, 40};
    private static final int FIRST_YEAR = 2014;

    /**
     * Day of the figures published for 2023: curriculum standards abroad, and the number that Double High Plan colleges
     * developed.
     */
    private static final LocalDate COUNTED_DAY = LocalDate.of(2023, 12, 31);

    private static final int CURRICULUM_STANDARDS_2023 = 5_986;
    private static final int DOUBLE_HIGH_STANDARDS_2023 = 3_087;

    private static final int TANZANIA_STANDARDS = 93;
    private static final int TANZANIA_COLLEGES = 129;

    private final BureauList bureaus;
    private final Random random = new Random(2014);
    private final CountryDraw countries = new CountryDraw(random);
    private final WeightedDraw provinces;
    private final EvenQuota doubleHigh = new EvenQuota(DOUBLE_HIGH_STANDARDS_2023, CURRICULUM_STANDARDS_2023);
    private final List<StandardAdoption> adoptions = new ArrayList<>();

    AdoptionGenerator(BureauList bureaus) {
        this.bureaus = bureaus;
        this.provinces = bureaus.weightedDraw("standards");
    }

    List<StandardAdoption> buildAll() {
        addAdoptions(
                "instruction",
                StockPlanner.planYears(FIRST_YEAR, 15, INSTRUCTION_TARGETS),
                this::drawProvince,
                countries::drawPartner);
        addAdoptions(
                "curriculum",
                StockPlanner.planYears(FIRST_YEAR, 25, CURRICULUM_TARGETS),
                this::drawProvince,
                countries::drawPartner);
        addAdoptions(
                "curriculum",
                StockPlanner.planYears(FIRST_YEAR, 0, GUANGXI_ASEAN_TARGETS),
                () -> GUANGXI,
                countries::drawAsean);
        addAdoptions(
                "curriculum", StockPlanner.planYears(FIRST_YEAR, 0, GUANGXI_HOME_TARGETS), () -> GUANGXI, () -> "CHN");
        addAdoptions(
                "curriculum",
                StockPlanner.planYears(FIRST_YEAR, 10, 20, 45, 70, 100, 130, 170, 200),
                this::drawProvince,
                () -> "CHN");
        addAdoptions(
                "occupational",
                StockPlanner.planYears(2018, 0, 18, 50),
                this::drawProvince,
                this::drawCountryButTanzania);
        addTanzania();
        return List.copyOf(adoptions);
    }

    private void addAdoptions(
            String kind, List<StockPlanner.StockChange> spans, Supplier<String> province, Supplier<String> country) {
        for (OpenPeriod slot : StockPlanner.toPeriods(spans)) {
            String owner = province.get();
            String adopter = country.get();
            boolean onTheList = isCounted(kind, adopter, slot) ? doubleHigh.takeNext() : random.nextBoolean();
            addAdoptions(kind, owner, drawDevelopers(owner, onTheList), adopter, slot);
        }
    }

    private static boolean isCounted(String kind, String country, OpenPeriod slot) {
        return kind.equals("curriculum") && !country.equals("CHN") && slot.existsAt(COUNTED_DAY);
    }

    /** Draws one college, or two of the same kind, so that figures by the first, any or all colleges agree. */
    private List<String> drawDevelopers(String province, boolean onTheList) {
        String first = bureaus.drawCollege(province, onTheList, random);
        String second = bureaus.drawCollege(province, onTheList, random);
        boolean joint = random.nextInt(5) == 0 && !second.equals(first);
        return joint ? List.of(first, second) : List.of(first);
    }

    /** Adds 93 occupational standards of 129 colleges, decided in 2022 and 2023. */
    private void addTanzania() {
        List<String> colleges = bureaus.interleavedColleges();
        List<OpenPeriod> slots = StockPlanner.toPeriods(StockPlanner.planYears(2022, 0, 40, TANZANIA_STANDARDS));
        for (int i = 0; i < TANZANIA_STANDARDS; i++) {
            String college = colleges.get(i);
            List<String> developing = TANZANIA_STANDARDS + i < TANZANIA_COLLEGES
                    ? List.of(college, colleges.get(TANZANIA_STANDARDS + i))
                    : List.of(college);
            addAdoptions("occupational", BureauList.provinceOf(college), developing, "TZA", slots.get(i));
        }
    }

    private void addAdoptions(String kind, String province, List<String> colleges, String country, OpenPeriod slot) {
        String id = "ST-%d-%05d".formatted(slot.openedOn().getYear(), adoptions.size() + 1);
        adoptions.add(new StandardAdoption(kind, province, id, colleges, country, slot));
    }

    private String drawProvince() {
        return provinces.drawValue(random);
    }

    private String drawCountryButTanzania() {
        String country = countries.drawPartner();
        return country.equals("TZA") ? "KEN" : country;
    }
}
