package org.voyage.demo;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Rows of one bureau in one push: files in the order of sending, with single calls about the rows of each. */
record CrashRows(String province, List<CrashRowFile> parts) {

    /** A file is one transaction in both forms. */
    static final int ROWS_PER_FILE = Boolean.getBoolean("voyage.test.long") ? 1_000 : 200;

    static final int FILE_COUNT = 10;
    /** Rows of one push: two bureaus send their files. */
    static final int TOTAL_ROWS = 2 * FILE_COUNT * ROWS_PER_FILE;

    /** File, with the single calls about its rows after the load. */
    record CrashRowFile(DemoRecordType type, List<BureauRecord> file, List<RecordStory.StoryStep> singles) {}

    private static final List<String> COUNTRIES = List.of("THA", "KEN", "EGY", "PRT", "KHM", "ZAF", "GBR", "UZB");
    private static final List<String> BRANDS = List.of("luban-workshop", "silk-road-school", "dayu-college", "other");
    private static final List<String> TIERS = List.of("workshop", "applied-technology-college");
    private static final List<String> FORMS =
            List.of("branch", "teaching-base", "training-centre", "industrial-college");
    private static final List<String> MAJORS = List.of("460301", "510201");
    /** Majors of the schools without headcounts. */
    private static final List<String> MORE_MAJORS = List.of("500101", "560102");

    /**
     * Returns the rows of a bureau.
     *
     * @param prefix prefix of every key, so that pushes have separate records
     */
    static CrashRows of(String prefix, String province) {
        List<CrashRowFile> parts = new ArrayList<>();
        parts.add(schools(prefix, province, 0));
        // Before their schools: the service parks them until these arrive.
        parts.add(new CrashRowFile(DemoRecordType.HEADCOUNTS, headcounts(prefix, province, 1), List.of()));
        parts.add(schools(prefix, province, 1));
        parts.add(schools(prefix, province, 2));
        parts.add(trainings(prefix, province, 2));
        parts.add(correctedHeadcounts(prefix, province, 2));
        parts.add(schools(prefix, province, 3));
        parts.add(schools(prefix, province, 4));
        parts.add(correctedHeadcounts(prefix, province, 3));
        parts.add(schools(prefix, province, 5));
        return new CrashRows(province, parts);
    }

    /** Returns a few rows of each type, enough to reach every partition. */
    static List<CrashRowFile> lastParts(String prefix, String province) {
        CrashRowFile schools = schools(prefix, province, 7);
        List<BureauRecord> headcounts = headcounts(prefix, province, 7);
        List<BureauRecord> trainings = trainings(prefix, province, 7).file();
        return List.of(
                new CrashRowFile(DemoRecordType.SCHOOLS, schools.file(), List.of()),
                new CrashRowFile(DemoRecordType.HEADCOUNTS, headcounts.subList(0, 200), List.of()),
                new CrashRowFile(DemoRecordType.TRAININGS, trainings.subList(0, 200), List.of()));
    }

    /** Returns schools for one long file. */
    static List<OverseasSchool> manySchools(String prefix, String province, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> schoolOf(prefix, province, i, 0))
                .toList();
    }

    private static CrashRowFile schools(String prefix, String province, int file) {
        List<BureauRecord> rows = new ArrayList<>();
        List<RecordStory.StoryStep> singles = new ArrayList<>();
        for (int i = file * ROWS_PER_FILE; i < (file + 1) * ROWS_PER_FILE; i++) {
            OverseasSchool school = schoolOf(prefix, province, i, 0);
            rows.add(school);
            if (i % 32 == 0) {
                singles.add(new RecordStory.SendStep(schoolOf(prefix, province, i, 3)));
            }
            // Schools with even numbers have headcounts and cannot be withdrawn.
            if (i % 40 == 1) {
                singles.add(new RecordStory.SendStep(schoolOf(prefix, province, i, 1)));
                singles.add(new RecordStory.WithdrawStep(school, "重复登记 / registered twice"));
            }
            if (i % 80 == 1) {
                singles.add(new RecordStory.SendStep(schoolOf(prefix, province, i, 2)));
            }
        }
        return new CrashRowFile(DemoRecordType.SCHOOLS, rows, singles);
    }

    private static CrashRowFile correctedHeadcounts(String prefix, String province, int file) {
        List<BureauRecord> rows = headcounts(prefix, province, file);
        List<RecordStory.StoryStep> singles = IntStream.range(0, rows.size())
                .filter(i -> i % 50 == 0)
                .mapToObj(rows::get)
                .map(SchoolHeadcount.class::cast)
                .<RecordStory.StoryStep>map(row -> new RecordStory.SendStep(row.withStudents(row.students() + 1)))
                .toList();
        return new CrashRowFile(DemoRecordType.HEADCOUNTS, rows, singles);
    }

    private static List<BureauRecord> headcounts(String prefix, String province, int file) {
        List<BureauRecord> rows = new ArrayList<>();
        for (int i = file * ROWS_PER_FILE; i < (file + 1) * ROWS_PER_FILE; i += 2) {
            for (String major : MAJORS) {
                rows.add(new SchoolHeadcount(province, keyOf(prefix, i), 2020 + i / 2 % 5, major, i % 97));
            }
        }
        return rows;
    }

    /** Returns trainings; some are corrected, withdrawn, or withdrawn and restored after the load of the file. */
    private static CrashRowFile trainings(String prefix, String province, int file) {
        List<BureauRecord> rows = new ArrayList<>();
        List<RecordStory.StoryStep> singles = new ArrayList<>();
        for (int i = file * ROWS_PER_FILE; i < (file + 1) * ROWS_PER_FILE; i++) {
            SchoolTraining training = trainingOf(prefix, province, i, 0);
            rows.add(training);
            if (i % 40 == 3) {
                singles.add(new RecordStory.SendStep(trainingOf(prefix, province, i, 1)));
            }
            if (i % 40 < 2) {
                singles.add(new RecordStory.WithdrawStep(training, "重复登记 / registered twice"));
            }
            if (i % 40 == 1) {
                singles.add(new RecordStory.SendStep(trainingOf(prefix, province, i, 2)));
            }
        }
        return new CrashRowFile(DemoRecordType.TRAININGS, rows, singles);
    }

    /** Returns a training; each school with an even number has two. */
    private static SchoolTraining trainingOf(String prefix, String province, int i, int edition) {
        return new SchoolTraining(
                province,
                keyOf(prefix, i) + "-T",
                keyOf(prefix, i - i % 2),
                "示例企业 " + i % 5,
                1 + i % 60,
                1 + (i + edition) % 30,
                LocalDate.of(2018 + (i + edition) % 8, 1 + i % 12, 1 + i % 28));
    }

    private static OverseasSchool schoolOf(String prefix, String province, int i, int edition) {
        LocalDate opened = LocalDate.of(2012 + i % 14, 1 + i % 12, 1 + i % 28);
        String status = i % 11 == 0 ? "closed" : i % 7 == 0 ? "suspended" : "open";
        return new OverseasSchool(
                province,
                keyOf(prefix, i),
                "境外办学 " + i,
                "Overseas school " + i,
                BRANDS.get((i + edition) % BRANDS.size()),
                TIERS.get(i % TIERS.size()),
                FORMS.get(i / 3 % FORMS.size()),
                COUNTRIES.get((i / 5 + edition) % COUNTRIES.size()),
                "City " + edition,
                IntStream.rangeClosed(0, i % 2)
                        .mapToObj(more -> "41" + province + "01234" + (i / 2 + more) % 7)
                        .toList(),
                List.of(),
                List.of(),
                i % 2 == 0 ? MAJORS : MORE_MAJORS.subList(0, 1 + i / 2 % 2),
                status,
                opened,
                status.equals("closed") ? opened.plusDays(300) : null);
    }

    private static String keyOf(String prefix, int i) {
        return "%s-%05d".formatted(prefix, i);
    }
}
