package org.voyage.demo;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.voyage.demo.RecordStory.SendStep;
import org.voyage.demo.RecordStory.WithdrawStep;

/** Generator of the stories of mobility, cooperation and standards. */
final class RowStories {

    private final List<RecordRow> rows;

    private RowStories(List<RecordRow> rows) {
        this.rows = rows;
    }

    static List<RecordStory> buildStories(List<RecordRow> rows) {
        return new RowStories(rows).buildStories();
    }

    private List<RecordStory> buildStories() {
        RecordRow old =
                findRow(RecordType.ENROLMENTS, row -> row.text("startedOn").startsWith("2008-09"));
        RecordRow left =
                findRow(RecordType.ENROLMENTS, row -> row.text("outcome").equals("withdrawn"));
        RecordRow twin = findRow(
                        RecordType.ENROLMENTS, row -> row.text("outcome").equals("enrolled"))
                .withSourceId("IE-TWIN-1");
        RecordRow slip =
                findRow(RecordType.ASSIGNMENTS, row -> row.text("startedOn").startsWith("2023"));
        RecordRow ended =
                findRow(RecordType.INSTITUTIONS, row -> row.text("status").equals("terminated"));
        RecordRow paused =
                findRow(RecordType.PROGRAMMES, row -> row.text("status").equals("enrolling"));
        RecordRow revoked =
                findRow(RecordType.RECOGNITIONS, row -> !row.text("revokedOn").isEmpty());
        RecordRow misread =
                findRow(RecordType.CREDENTIALS, row -> row.text("decision").equals("partly-recognised"));
        return List.of(
                new RecordStory(
                        "an enrolment of 2008 sent with the year after, corrected long after",
                        List.of(
                                new SendStep(old.withField("startedOn", LocalDate.of(2009, 9, 1))
                                        .withField("endedOn", null)
                                        .withField("outcome", "enrolled")),
                                new SendStep(old))),
                new RecordStory(
                        "enrolled, then withdrawn from the college",
                        List.of(
                                new SendStep(left.withField("endedOn", null).withField("outcome", "enrolled")),
                                new SendStep(left))),
                new RecordStory(
                        "a student sent under two keys, one withdrawn",
                        List.of(new SendStep(twin), new WithdrawStep(twin, "重复登记，与原记录为同一学生 / registered twice"))),
                new RecordStory(
                        "teachers with a slipped digit, corrected",
                        List.of(
                                new SendStep(slip.withField("teachers", slip.number("teachers") * 10)),
                                new SendStep(slip))),
                new RecordStory(
                        "approved, enrolling, suspended, terminated",
                        List.of(
                                new SendStep(asActive(ended, "approved").withField("enrollingFrom", null)),
                                new SendStep(asActive(ended, "enrolling")),
                                new SendStep(asActive(ended, "suspended")),
                                new SendStep(ended))),
                new RecordStory(
                        "a programme suspended, enrolling again",
                        List.of(
                                new SendStep(paused),
                                new SendStep(paused.withField("status", "suspended")),
                                new SendStep(paused))),
                new RecordStory(
                        "a recognition revoked",
                        List.of(new SendStep(revoked.withField("revokedOn", null)), new SendStep(revoked))),
                new RecordStory(
                        "a decision misread as a full recognition, corrected",
                        List.of(new SendStep(misread.withField("decision", "recognised")), new SendStep(misread))));
    }

    /** Returns the row in its active state before its end, with an enrolment start. */
    private static RecordRow asActive(RecordRow row, String status) {
        LocalDate approved = Objects.requireNonNull(row.date("approvedOn"));
        LocalDate enrolling = row.date("enrollingFrom");
        return row.withField("status", status)
                .withField("terminatedOn", null)
                .withField("enrollingFrom", enrolling == null ? approved : enrolling);
    }

    private RecordRow findRow(RecordType type, Predicate<RecordRow> wanted) {
        return rows.stream()
                .filter(row -> row.type() == type)
                .filter(wanted)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no row for a story of " + type));
    }
}
