package org.voyage.demo;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Generator of students from abroad. At the end of 2008, 2015, 2017, 2019 and 2023 as many are enrolled as published;
 * other years are constructed. For 2021 more than 20,000 are published. Most study for a degree. Students of Hong Kong,
 * Macao and Taiwan come in addition: they are no students from abroad.
 */
final class InboundEnrolments {

    static final LocalDate COUNTED_DAY = LocalDate.of(2023, 12, 31);

    private static final int FIRST_YEAR = 2008;
    private static final int[] ENROLLED_BY_YEAR = {
        860, 1_050, 1_350, 1_750, 2_300, 3_050, 4_000, 5_186, 6_450, 8_056, 12_000, 17_097, 18_300, 20_900, 18_700,
        17_019, 17_600, 18_100
    };

    /** Published: students at Double High Plan colleges. */
    private static final int DOUBLE_HIGH_STUDENTS = 8_766;

    /** Weights of nationalities: seven of ten students or more are from Asia, in every year. */
    private static final WeightedDraw NATIONALITIES =
            WeightedDraw.parse("THA 18, IDN 17, LAO 16, VNM 13, KHM 9, MYS 4, MMR 6, PAK 7,"
                    + " BGD 6, NPL 3, KAZ 5, UZB 4, TKM 4, TJK 3, MNG 4, KGZ 3, YEM 2, KOR 3, LKA 2, IND 2, RUS 5, BLR 1, UKR 1,"
                    + " DEU 1, FRA 1, NGA 3, ZMB 3, TZA 3, ETH 3, KEN 2, GHA 2, RWA 2, ZWE 2, COG 2, MAR 2, EGY 2, CMR 2, MDG 2,"
                    + " USA 1, MEX 1, JAM 1, BRA 1, PER 1, FJI 1");

    private static final WeightedDraw HOME_REGIONS = WeightedDraw.parse("HKG 4, MAC 3, TWN 3");

    /** One enrolment in this number is followed by one of Hong Kong, Macao or Taiwan. */
    private static final int HOME_INTERVAL = 60;

    /** One student in this number leaves early, in each year. */
    private static final int EARLY_INTERVAL = 60;

    private static final WeightedDraw FUNDINGS = WeightedDraw.parse(
            "self 40, college 25, provincial-government 18, enterprise 8, chinese-government 6, foreign-government 3");

    /** One enrolment in this number carries a fictitious person that demonstrates personal data. */
    private static final int PERSON_INTERVAL = 1_100;

    private record StudentStay(String province, LocalDate from, int due, String category, int serial) {}

    private final BureauList bureaus;
    private final Random random = new Random(2008);
    /** A generator of its own: its draws change no other row. */
    private final Random homeRandom = new Random(1997);

    private final InboundMajors majors = new InboundMajors(random);
    private final EvenQuota doubleHigh =
            new EvenQuota(DOUBLE_HIGH_STUDENTS, ENROLLED_BY_YEAR[COUNTED_DAY.getYear() - FIRST_YEAR]);
    private final List<RecordRow> rows = new ArrayList<>();
    private int serial;

    InboundEnrolments(BureauList bureaus) {
        this.bureaus = bureaus;
    }

    List<RecordRow> buildRows() {
        Map<String, List<StudentStay>> enrolled = new TreeMap<>();
        for (int i = 0; i < ENROLLED_BY_YEAR.length; i++) {
            int year = FIRST_YEAR + i;
            bureaus.splitTotal(ENROLLED_BY_YEAR[i], "inbound")
                    .forEach((province, wanted) -> simulateYear(
                            province, year, wanted, enrolled.computeIfAbsent(province, p -> new ArrayList<>())));
        }
        enrolled.values().forEach(stays -> stays.forEach(stay -> endStay(stay, null, "enrolled")));
        rows.addAll(FictitiousPersons.changeOfCollege());
        return List.copyOf(rows);
    }

    /**
     * Simulates one year of one bureau: students at their end leave, then early departures or arrivals give the wanted
     * number.
     */
    private void simulateYear(String province, int year, int wanted, List<StudentStay> enrolled) {
        List<StudentStay> staying = new ArrayList<>();
        for (StudentStay stay : enrolled) {
            if (stay.due() <= year) {
                endStay(stay, DayDraw.drawTermEnd(year, random), "graduated");
            } else if (stay.serial() % EARLY_INTERVAL == year % EARLY_INTERVAL) {
                leaveEarly(stay, year);
            } else {
                staying.add(stay);
            }
        }
        while (staying.size() > wanted) {
            leaveEarly(staying.remove(random.nextInt(staying.size())), year);
        }
        int coming = wanted - staying.size();
        for (int i = 0; i < coming; i++) {
            // Students of the first year arrived in earlier years too.
            LocalDate from = DayDraw.drawTermStart(year == FIRST_YEAR ? year - random.nextInt(3) : year, random);
            boolean degree = random.nextInt(100) < 88;
            int due = degree ? year + 3 + (random.nextInt(3) + 1) / 2 : year + 1 + random.nextInt(2);
            staying.add(new StudentStay(province, from, due, degree ? "degree" : "long-term-non-degree", ++serial));
        }
        for (int i = 0; i < coming / 25; i++) {
            LocalDate from = LocalDate.of(year, 2, 29 - (year % 4 == 0 ? 0 : 1)).plusDays(random.nextInt(200));
            endStay(
                    new StudentStay(province, from, year, "short-term", ++serial),
                    from.plusDays(13 + random.nextInt(70)),
                    "graduated");
        }
        enrolled.clear();
        enrolled.addAll(staying);
    }

    private void leaveEarly(StudentStay stay, int year) {
        endStay(stay, DayDraw.drawTermEnd(year, random), random.nextInt(4) == 0 ? "transferred" : "withdrawn");
    }

    private void endStay(StudentStay stay, @Nullable LocalDate on, String outcome) {
        boolean counts = !stay.from().isAfter(COUNTED_DAY) && (on == null || on.isAfter(COUNTED_DAY));
        boolean withMajor = stay.category().equals("degree") || random.nextInt(3) == 0;
        boolean onTheList = counts ? doubleHigh.takeNext() : random.nextBoolean();
        String major = withMajor ? majors.drawMajor(stay.from().getYear(), counts, onTheList) : null;
        RecordRow row = RecordRow.of(
                        RecordType.ENROLMENTS,
                        stay.province(),
                        "IE-%d-%05d".formatted(stay.from().getYear(), stay.serial()))
                .withField("nationality", NATIONALITIES.drawValue(random))
                .withField("college", bureaus.drawCollege(stay.province(), onTheList, random))
                .withField("level", major == null ? "higher-vocational" : MajorCatalogue.levelOf(major))
                .withField("category", stay.category())
                .withField("major", major)
                .withField("chineseWithSkills", random.nextInt(3) > 0)
                .withField("funding", FUNDINGS.drawValue(random))
                .withField(
                        "chineseLevel", random.nextInt(5) == 0 ? null : Math.min(random.nextInt(7), random.nextInt(7)))
                // Most are admitted without an assessment, a problem that the source names.
                .withField("assessed", random.nextInt(10) < 3)
                .withField("startedOn", stay.from())
                .withField("endedOn", on)
                .withField("outcome", outcome);
        rows.add(
                stay.serial() % PERSON_INTERVAL == 0
                        ? FictitiousPersons.withPerson(row, stay.serial() / PERSON_INTERVAL)
                        : row);
        if (stay.serial() % HOME_INTERVAL == 0) {
            rows.add(row.withSourceId("IH-%d-%05d".formatted(stay.from().getYear(), stay.serial()))
                    .withField("nationality", HOME_REGIONS.drawValue(homeRandom)));
        }
    }
}
