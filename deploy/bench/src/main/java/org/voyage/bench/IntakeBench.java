package org.voyage.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.voyage.local.Platform;

/**
 * Measurement of one upload's rows/s: validated, stored, put in the outbox and relayed in parallel. The baseline is
 * PostgreSQL's COPY of the same record and outbox rows into tables of the same shape, with no other load.
 */
class IntakeBench {

    private static final String[] PROVINCES = {"11", "12", "13", "14"};
    private static final String RECORD_COLUMNS =
            "province, source_id, version, recorded_at, cause_kind, cause_id, actor, reason, record";
    private static final String OUTBOX_COLUMNS =
            "position, appended_on, topic, partition, key, event_id, type, time, data";

    private final BulkRecordType bulk;
    private final Platform platform;
    private final Path folder;
    private final HttpClient http = HttpClient.newHttpClient();

    IntakeBench(BulkRecordType bulk, Platform platform, Path folder) {
        this.bulk = bulk;
        this.platform = platform;
        this.folder = folder;
    }

    void runMeasurement(int rows) throws Exception {
        RoundComparison rounds = new RoundComparison("upload", "COPY", "rows/s", 0.4);
        try (ServiceDatabase database = new ServiceDatabase(platform, bulk.service())) {
            measureUpload("15", rows / 20);
            for (String province : PROVINCES) {
                double ours = measureUpload(province, rows);
                database.awaitAtLeast(
                        "select r.position from outbox_relay r",
                        database.queryNumber("select last_value from outbox_position"));
                rounds.addRound(ours, measureCopy(database, province, rows));
            }
            System.out.printf(
                    Locale.ROOT,
                    "stored %,d rows, heap of the service capped at 256 MB%n",
                    database.queryNumber("select count(*) from " + bulk.table()));
        }
        rounds.printRounds();
    }

    /** Uploads rows of one province. @return rows/s */
    double measureUpload(String province, int rows) throws IOException, InterruptedException {
        Path file = folder.resolve("rows-" + province + ".ndjson");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < rows; i++) {
                out.write(bulk.line().lineOf(province, i));
            }
        }
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(platform.urlOf(bulk.service()) + "/v1/" + bulk.collection() + "/batches"))
                .header("Authorization", "Bearer " + BenchTokens.requestToken(platform, "bureau-" + province))
                .header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofFile(file))
                .build();
        long start = System.nanoTime();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        double seconds = (System.nanoTime() - start) / 1e9;
        Files.delete(file);
        if (answer.statusCode() != 200 || !answer.body().contains("\"created\":" + rows)) {
            throw new IllegalStateException("The upload was not taken whole: " + answer.body());
        }
        return rows / seconds;
    }

    private double measureCopy(ServiceDatabase database, String province, int rows) throws SQLException, IOException {
        database.runSql("create table bench_record (like " + bulk.table() + " including all)");
        database.runSql("create table bench_outbox (like outbox including all)");
        Path records = folder.resolve("records.copy");
        Path events = folder.resolve("events.copy");
        CopyManager copy = database.openConnection().unwrap(PGConnection.class).getCopyAPI();
        try (OutputStream out = Files.newOutputStream(records)) {
            copy.copyOut(
                    "copy (select " + RECORD_COLUMNS + " from " + bulk.table() + " where province = '" + province
                            + "') to stdout",
                    out);
        }
        try (OutputStream out = Files.newOutputStream(events)) {
            copy.copyOut(
                    "copy (select " + OUTBOX_COLUMNS + " from outbox where topic = '" + bulk.topic()
                            + "' and key like '" + province + "/%') to stdout",
                    out);
        }
        try (InputStream recordsIn = Files.newInputStream(records);
                InputStream eventsIn = Files.newInputStream(events)) {
            long start = System.nanoTime();
            long copied = copy.copyIn("copy bench_record (" + RECORD_COLUMNS + ") from stdin", recordsIn, 1 << 16);
            copied += copy.copyIn("copy bench_outbox (" + OUTBOX_COLUMNS + ") from stdin", eventsIn, 1 << 16);
            double seconds = (System.nanoTime() - start) / 1e9;
            if (copied != 2L * rows) {
                throw new IllegalStateException("Copied " + copied + " rows, expected " + 2L * rows);
            }
            return rows / seconds;
        } finally {
            database.runSql("drop table bench_record");
            database.runSql("drop table bench_outbox");
            Files.delete(records);
            Files.delete(events);
        }
    }
}
