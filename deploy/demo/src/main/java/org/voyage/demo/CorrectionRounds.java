package org.voyage.demo;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.voyage.demo.CorrectionRound.RoundFile;
import org.voyage.demo.DemoHistory.HistoryKey;

/** Generator of the late reports, corrections and withdrawals that follow the history in rounds. */
final class CorrectionRounds {

    private static final int YEAR = HeadcountGenerator.LAST_DAY.getYear();
    private static final int ENROLMENTS_PER_FILE = 40;
    private static final int SCHOOLS_PER_FILE = 4;

    private final List<OverseasSchool> schools;
    private final List<SchoolHeadcount> headcounts;
    private final List<RecordRow> rows;
    private final Set<HistoryKey> used;

    /** @param used keys of the records that a story has already */
    CorrectionRounds(
            List<OverseasSchool> schools,
            List<SchoolHeadcount> headcounts,
            List<RecordRow> rows,
            Set<HistoryKey> used) {
        this.schools = schools;
        this.headcounts = headcounts;
        this.rows = rows;
        this.used = used;
    }

    List<CorrectionRound> buildRounds() {
        return List.of(
                new CorrectionRound(
                        "Shaanxi reports its students of " + YEAR + " after all others",
                        Duration.ofDays(12),
                        List.of(new RoundFile(List.of(), headcountsOf("61")))),
                new CorrectionRound(
                        "Guangxi corrects students that it counted twice, Yunnan a nationality",
                        Duration.ofDays(5),
                        List.of(doubledHeadcounts("45"), mistakenNationality("53"))),
                new CorrectionRound(
                        "Guangdong withdraws schools, Beijing students that they registered twice",
                        Duration.ofHours(3),
                        List.of(schoolsSentTwice("44"), enrolmentsSentTwice("11"))));
    }

    private List<SchoolHeadcount> headcountsOf(String province) {
        return headcounts.stream()
                .filter(headcount -> headcount.year() == YEAR && isFree(headcount, province))
                .toList();
    }

    private RoundFile doubledHeadcounts(String province) {
        List<SchoolHeadcount> right = headcountsOf(province);
        return new RoundFile(
                right.stream()
                        .map(headcount -> headcount.withStudents(headcount.students() * 2))
                        .toList(),
                right);
    }

    private RoundFile mistakenNationality(String province) {
        List<RecordRow> right =
                findEnrolments(province, row -> row.text("nationality").equals("LAO"));
        return new RoundFile(
                right.stream().map(row -> row.withField("nationality", "THA")).toList(), right);
    }

    private RoundFile enrolmentsSentTwice(String province) {
        List<RecordRow> twice = findEnrolments(province, row -> true).stream()
                .map(row -> row.withSourceId(row.sourceId() + "-AGAIN"))
                .toList();
        return withdrawn(twice, "重复报送，与原记录为同一学生 / sent twice");
    }

    private RoundFile schoolsSentTwice(String province) {
        List<OverseasSchool> twice = schools.stream()
                .filter(school -> isFree(school, province)
                        && school.sourceId().startsWith("OS-" + YEAR)
                        && school.status().equals("open"))
                .limit(SCHOOLS_PER_FILE)
                .map(school -> school.withSourceId(school.sourceId() + "-AGAIN"))
                .toList();
        return withdrawn(twice, "重复登记，与原记录为同一机构 / registered twice");
    }

    private static RoundFile withdrawn(List<? extends BureauRecord> firstReport, String reason) {
        return new RoundFile(
                firstReport,
                firstReport.stream()
                        .map(entry -> RecordRow.of(entry.type(), entry.province(), entry.sourceId())
                                .withField("withdraw", true)
                                .withField("reason", reason))
                        .toList());
    }

    /** Returns enrolments at the end of the year, without personal data. */
    private List<RecordRow> findEnrolments(String province, Predicate<RecordRow> wanted) {
        return rows.stream()
                .filter(row -> row.type() == RecordType.ENROLMENTS
                        && isFree(row, province)
                        && !row.fields().containsKey("name")
                        && row.isActiveAt(InboundEnrolments.COUNTED_DAY, "startedOn", "endedOn")
                        && wanted.test(row))
                .limit(ENROLMENTS_PER_FILE)
                .toList();
    }

    private boolean isFree(BureauRecord entry, String province) {
        return entry.province().equals(province) && !used.contains(HistoryKey.of(entry));
    }
}
