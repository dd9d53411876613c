package org.voyage.demo;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.voyage.demo.Story.Send;
import org.voyage.demo.Story.Withdraw;

/** The stories of mobility, cooperation and standards. */
final class MoreStories {

    private final List<Row> rows;

    private MoreStories(List<Row> rows) {
        this.rows = rows;
    }

    static List<Story> build(List<Row> rows) {
        return new MoreStories(rows).build();
    }

    private List<Story> build() {
        Row old = any(RecordType.ENROLMENTS, row -> row.text("startedOn").startsWith("2008-09"));
        Row left = any(RecordType.ENROLMENTS, row -> row.text("outcome").equals("withdrawn"));
        Row twin = any(RecordType.ENROLMENTS, row -> row.text("outcome").equals("enrolled"))
                .withSourceId("IE-TWIN");
        Row slip = any(RecordType.ASSIGNMENTS, row -> row.text("startedOn").startsWith("2023"));
        Row ended = any(RecordType.INSTITUTIONS, row -> row.text("status").equals("terminated"));
        Row paused = any(RecordType.PROGRAMMES, row -> row.text("status").equals("enrolling"));
        Row revoked = any(RecordType.RECOGNITIONS, row -> !row.text("revokedOn").isEmpty());
        Row misread = any(RecordType.CREDENTIALS, row -> row.text("decision").equals("partly-recognised"));
        return List.of(
                new Story(
                        "an enrolment of 2008 sent with the year after, corrected long after",
                        List.of(
                                new Send(old.with("startedOn", LocalDate.of(2009, 9, 1))
                                        .with("endedOn", null)
                                        .with("outcome", "enrolled")),
                                new Send(old))),
                new Story(
                        "enrolled, then withdrawn from the college",
                        List.of(new Send(left.with("endedOn", null).with("outcome", "enrolled")), new Send(left))),
                new Story(
                        "a student sent under two keys, one withdrawn",
                        List.of(new Send(twin), new Withdraw(twin, "重复登记，与原记录为同一学生 / registered twice"))),
                new Story(
                        "teachers with a slipped digit, corrected",
                        List.of(new Send(slip.with("teachers", slip.number("teachers") * 10)), new Send(slip))),
                new Story(
                        "approved, enrolling, suspended, terminated",
                        List.of(
                                new Send(standing(ended, "approved").with("enrollingFrom", null)),
                                new Send(standing(ended, "enrolling")),
                                new Send(standing(ended, "suspended")),
                                new Send(ended))),
                new Story(
                        "a programme suspended, enrolling again",
                        List.of(new Send(paused), new Send(paused.with("status", "suspended")), new Send(paused))),
                new Story(
                        "a recognition revoked", List.of(new Send(revoked.with("revokedOn", null)), new Send(revoked))),
                new Story(
                        "a decision misread as a full recognition, corrected",
                        List.of(new Send(misread.with("decision", "recognised")), new Send(misread))));
    }

    /** Before its end, with a day from which it enrols. */
    private static Row standing(Row row, String status) {
        LocalDate approved = Objects.requireNonNull(row.date("approvedOn"));
        LocalDate enrolling = row.date("enrollingFrom");
        return row.with("status", status)
                .with("terminatedOn", null)
                .with("enrollingFrom", enrolling == null ? approved : enrolling);
    }

    private Row any(RecordType type, Predicate<Row> wanted) {
        return rows.stream()
                .filter(row -> row.type() == type)
                .filter(wanted)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no story to tell of " + type));
    }
}
