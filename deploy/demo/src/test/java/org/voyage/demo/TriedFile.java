package org.voyage.demo;

import java.util.List;
import java.util.stream.Stream;
import org.voyage.demo.School.Partner;

/**
 * A file of Gansu that corrects, withdraws, repeats and adds records of the history, with one row that is refused.
 *
 * @param waiting what was sent before and waits for a record of the file
 */
record TriedFile(RecordType type, List<Row> waiting, List<Row> rows) {

    static final String PROVINCE = "62";

    private static final String NEW = "TRIED-1";

    /** One of each service, and one of records that belong to others. */
    static Stream<TriedFile> all() {
        History history = History.build();
        return Stream.of(
                enrolments(history), programmes(history), schools(history), standards(history), recognitions(history));
    }

    private static TriedFile enrolments(History history) {
        List<Row> old = records(history, RecordType.ENROLMENTS);
        return new TriedFile(
                RecordType.ENROLMENTS,
                List.of(),
                List.of(
                        old.get(0).with("nationality", "MDV"),
                        withdrawn(old.get(1)),
                        old.get(2),
                        old.get(3).withSourceId(NEW),
                        old.get(3).withSourceId("TRIED-2").with("nationality", "XXX")));
    }

    private static TriedFile programmes(History history) {
        List<Row> old = records(history, RecordType.PROGRAMMES);
        Row headcount = Row.of(RecordType.COOPERATIVE_HEADCOUNTS, PROVINCE, NEW + "-2025")
                .with("programme", NEW)
                .with("year", 2025)
                .with("students", 61);
        return new TriedFile(
                RecordType.PROGRAMMES,
                List.of(headcount),
                List.of(
                        old.get(0).with("foreignPartners", List.of(new Partner("Example University", "MDV"))),
                        old.get(1),
                        old.get(2).withSourceId(NEW).with("approvalNumber", "EXAMPLE-" + NEW),
                        old.get(2).withSourceId("TRIED-2").with("scheme", "none")));
    }

    /** The corrected school takes its headcounts along to another country. */
    private static TriedFile schools(History history) {
        List<Row> old = records(history, RecordType.SCHOOLS);
        Row headcount = Row.of(RecordType.HEADCOUNTS, PROVINCE, NEW + "-2025-460301")
                .with("school", NEW)
                .with("year", 2025)
                .with("major", "460301")
                .with("students", 43);
        return new TriedFile(
                RecordType.SCHOOLS,
                List.of(headcount),
                List.of(
                        old.get(0).with("hostCountry", "MDV"),
                        old.get(1),
                        old.get(2).withSourceId(NEW).with("majors", List.of("460301")),
                        old.get(2).withSourceId("TRIED-2").with("brand", "none")));
    }

    private static TriedFile standards(History history) {
        List<Row> old = records(history, RecordType.STANDARDS);
        Row recognition = records(history, RecordType.RECOGNITIONS)
                .getFirst()
                .withSourceId(NEW)
                .with("standard", NEW);
        return new TriedFile(
                RecordType.STANDARDS,
                List.of(recognition),
                List.of(
                        old.get(0).with("developingColleges", List.of("4162900099")),
                        old.get(1),
                        old.get(2).withSourceId(NEW),
                        old.get(2).withSourceId("TRIED-2").with("kind", "none")));
    }

    private static TriedFile recognitions(History history) {
        List<Row> old = records(history, RecordType.RECOGNITIONS);
        return new TriedFile(
                RecordType.RECOGNITIONS,
                List.of(),
                List.of(
                        old.get(0).with("country", "MDV"),
                        withdrawn(old.get(1)),
                        old.get(2),
                        old.get(3).withSourceId(NEW + "-3").with("country", "MDV"),
                        old.get(3).withSourceId("TRIED-2").with("country", "XXX")));
    }

    private static List<Row> records(History history, RecordType type) {
        return history.entries()
                .filter(entry -> entry.type() == type && entry.province().equals(PROVINCE))
                .map(entry -> new Row(type, PROVINCE, entry.sourceId(), entry.fields()))
                .toList();
    }

    private static Row withdrawn(Row row) {
        return Row.of(row.type(), PROVINCE, row.sourceId())
                .with("withdraw", true)
                .with("reason", "重复登记");
    }

    /** How many records it changes: all but the one that says nothing new and the one that is refused, and what waited. */
    int changes() {
        return rows.size() - 2 + waiting.size();
    }

    /** How many more facts there are afterwards that figures count by themselves. */
    int facts() {
        int withdrawn = (int) rows.stream()
                .filter(row -> row.fields().containsKey("withdraw"))
                .count();
        return (type == RecordType.STANDARDS ? 0 : 1) + waiting.size() - withdrawn;
    }

    void sendWaiting(Api api) {
        for (Row row : waiting) {
            api.batch(PROVINCE, row.type(), BulkFile.ndjson(List.of(row))).orRefused();
        }
    }

    /** Stores it. */
    Answer send(Api api) {
        return api.batch(PROVINCE, type, file()).orRefused();
    }

    /** Stores nothing. @return the records that would change, one a line, under the media type that they came with */
    BulkFile tried(Api api) {
        Answer answer = api.post(
                        Api.bureau(PROVINCE),
                        api.endpoints().of(type.service),
                        "/v1/" + type.path + "/batches?dryRun=changes",
                        file())
                .orRefused();
        return new BulkFile(answer.headers().firstValue("Content-Type").orElseThrow(), answer.body());
    }

    private BulkFile file() {
        return BulkFile.ndjson(List.copyOf(rows));
    }

    @Override
    public String toString() {
        return type.path;
    }
}
