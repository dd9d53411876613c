package org.voyage.demo;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * File of Gansu that corrects, withdraws, repeats and adds records of the history, with one refused row.
 *
 * @param waiting rows sent before and parked until a record of the file arrives
 */
record DryRunFile(DemoRecordType type, List<RecordRow> waiting, List<RecordRow> rows) {

    static final String PROVINCE = "62";

    private static final String NEW_SOURCE_ID = "TRIED-1";

    /** Returns one file for each service, and one with child records. */
    static Stream<DryRunFile> all() {
        DemoHistory history = DemoHistory.readHistory();
        return Stream.of(
                enrolments(history), programmes(history), schools(history), standards(history), recognitions(history));
    }

    private static DryRunFile enrolments(DemoHistory history) {
        List<RecordRow> old = recordsOf(history, DemoRecordType.ENROLMENTS);
        return new DryRunFile(
                DemoRecordType.ENROLMENTS,
                List.of(),
                List.of(
                        old.get(0).withField("nationality", "MDV"),
                        asWithdrawn(old.get(1)),
                        old.get(2),
                        old.get(3).withSourceId(NEW_SOURCE_ID),
                        old.get(3).withSourceId("TRIED-2").withField("nationality", "XXX")));
    }

    private static DryRunFile programmes(DemoHistory history) {
        List<RecordRow> old = recordsOf(history, DemoRecordType.PROGRAMMES);
        RecordRow headcount = RecordRow.of(DemoRecordType.COOPERATIVE_HEADCOUNTS, PROVINCE, NEW_SOURCE_ID + "-2025")
                .withField("programme", NEW_SOURCE_ID)
                .withField("year", 2025)
                .withField("students", 61);
        return new DryRunFile(
                DemoRecordType.PROGRAMMES,
                List.of(headcount),
                List.of(
                        old.get(0)
                                .withField(
                                        "foreignPartners",
                                        List.of(Map.of("name", "Example University", "country", "MDV"))),
                        old.get(1),
                        old.get(2).withSourceId(NEW_SOURCE_ID).withField("approvalNumber", "EXAMPLE-" + NEW_SOURCE_ID),
                        old.get(2).withSourceId("TRIED-2").withField("scheme", "none")));
    }

    /** Returns a file of schools: the corrected school and its headcounts change the country. */
    private static DryRunFile schools(DemoHistory history) {
        List<RecordRow> old = recordsOf(history, DemoRecordType.SCHOOLS);
        RecordRow headcount = RecordRow.of(DemoRecordType.HEADCOUNTS, PROVINCE, NEW_SOURCE_ID + "-2025-460301")
                .withField("school", NEW_SOURCE_ID)
                .withField("year", 2025)
                .withField("major", "460301")
                .withField("students", 43);
        return new DryRunFile(
                DemoRecordType.SCHOOLS,
                List.of(headcount),
                List.of(
                        old.get(0).withField("hostCountry", "MDV"),
                        old.get(1),
                        old.get(2).withSourceId(NEW_SOURCE_ID).withField("majors", List.of("460301")),
                        old.get(2).withSourceId("TRIED-2").withField("brand", "none")));
    }

    private static DryRunFile standards(DemoHistory history) {
        List<RecordRow> old = recordsOf(history, DemoRecordType.STANDARDS);
        RecordRow recognition = recordsOf(history, DemoRecordType.RECOGNITIONS)
                .getFirst()
                .withSourceId(NEW_SOURCE_ID)
                .withField("standard", NEW_SOURCE_ID);
        return new DryRunFile(
                DemoRecordType.STANDARDS,
                List.of(recognition),
                List.of(
                        old.get(0).withField("developingColleges", List.of("4162900099")),
                        old.get(1),
                        old.get(2).withSourceId(NEW_SOURCE_ID),
                        old.get(2).withSourceId("TRIED-2").withField("kind", "none")));
    }

    private static DryRunFile recognitions(DemoHistory history) {
        List<RecordRow> old = recordsOf(history, DemoRecordType.RECOGNITIONS);
        return new DryRunFile(
                DemoRecordType.RECOGNITIONS,
                List.of(),
                List.of(
                        old.get(0).withField("country", "MDV"),
                        asWithdrawn(old.get(1)),
                        old.get(2),
                        old.get(3).withSourceId(NEW_SOURCE_ID + "-3").withField("country", "MDV"),
                        old.get(3).withSourceId("TRIED-2").withField("country", "XXX")));
    }

    private static List<RecordRow> recordsOf(DemoHistory history, DemoRecordType type) {
        return history.rowsOf(type)
                .filter(row -> row.province().equals(PROVINCE))
                .toList();
    }

    private static RecordRow asWithdrawn(RecordRow row) {
        return RecordRow.of(row.type(), PROVINCE, row.sourceId())
                .withField("withdraw", true)
                .withField("reason", "重复登记");
    }

    /** Returns the number of changed records: parked ones included, without the unchanged and the refused row. */
    int countChanges() {
        return rows.size() - 2 + waiting.size();
    }

    /** Returns the number of new facts that figures count directly. */
    int countNewFacts() {
        int withdrawn = (int) rows.stream()
                .filter(row -> row.fields().containsKey("withdraw"))
                .count();
        return (type == DemoRecordType.STANDARDS ? 0 : 1) + waiting.size() - withdrawn;
    }

    void sendWaiting(ApiClient api) {
        for (RecordRow row : waiting) {
            api.sendBatch(PROVINCE, row.type(), BulkFile.ndjson(List.of(row))).requireOk();
        }
    }

    /** Sends the file and stores it. */
    ApiResponse sendFile(ApiClient api) {
        return api.sendBatch(PROVINCE, type, toFile()).requireOk();
    }

    /**
     * Sends the file as a dry run, which stores nothing.
     *
     * @return the records that would change, one per line, under the media type of the answer
     */
    BulkFile sendDryRun(ApiClient api) {
        ApiResponse answer = api.post(
                        ApiClient.bureauClient(PROVINCE),
                        api.endpoints().ofBasePort(type.service),
                        "/v1/" + type.path + "/batches?dryRun=changes",
                        toFile())
                .requireOk();
        return new BulkFile(answer.headers().firstValue("Content-Type").orElseThrow(), answer.body());
    }

    private BulkFile toFile() {
        return BulkFile.ndjson(List.copyOf(rows));
    }

    @Override
    public String toString() {
        return type.path;
    }
}
