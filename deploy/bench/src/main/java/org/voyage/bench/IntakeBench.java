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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.voyage.local.Clients;
import org.voyage.local.Platform;

/**
 * One upload's rows/s, validated, stored, put in the outbox and relayed at the same time, beside PostgreSQL's COPY of
 * the same record rows and outbox rows into tables of the same shape with nothing else going on.
 */
class IntakeBench {

    private static final String[] PROVINCES = {"11", "12", "13", "14"};
    private static final String RECORD =
            "province, source_id, version, recorded_at, cause_kind, cause_id, actor, reason, record";
    private static final String OUTBOX = "position, appended_on, topic, partition, key, event_id, type, time, data";

    private final Platform platform;
    private final Path folder;
    private final HttpClient http = HttpClient.newHttpClient();

    IntakeBench(Platform platform, Path folder) {
        this.platform = platform;
        this.folder = folder;
    }

    void run(int rows) throws Exception {
        Rounds rounds = new Rounds("upload", "COPY", "rows/s", 0.4);
        try (Database database = new Database(platform)) {
            upload("15", rows / 20);
            for (String province : PROVINCES) {
                double ours = upload(province, rows);
                database.awaitAtLeast(
                        "select r.position from outbox_relay r",
                        database.number("select last_value from outbox_position"));
                rounds.add(ours, copy(database, province, rows));
            }
            System.out.printf(
                    Locale.ROOT,
                    "stored %,d rows, heap of the service capped at 256 MB%n",
                    database.number("select count(*) from overseas_school"));
        }
        rounds.print();
    }

    private double upload(String province, int rows) throws IOException, InterruptedException {
        Path file = folder.resolve("rows-" + province + ".ndjson");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < rows; i++) {
                out.write(row(province, i));
            }
        }
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(platform.url("overseas") + "/v1/overseas-schools/batches"))
                .header("Authorization", "Bearer " + token("bureau-" + province))
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

    private static String row(String province, int i) {
        return """
                {"sourceId":"BENCH-%1$d","name":"境外办学机构%1$d","nameEn":"Overseas School %1$d","brand":"luban-workshop",\
                "tier":"workshop","form":"training-centre","hostCountry":"THA","hostCity":"大城",\
                "foundingColleges":["41%2$s0%3$05d"],"foreignPartners":[{"name":"大城技术学院","country":"THA"}],\
                "majors":["460301","500101"],"status":"open","openedOn":"2016-03-08"}
                """.formatted(i, province, i % 100_000);
    }

    private double copy(Database database, String province, int rows) throws SQLException, IOException {
        database.run("create table bench_record (like overseas_school including all)");
        database.run("create table bench_outbox (like outbox including all)");
        Path records = folder.resolve("records.copy");
        Path events = folder.resolve("events.copy");
        CopyManager copy = database.connection().unwrap(PGConnection.class).getCopyAPI();
        try (OutputStream out = Files.newOutputStream(records)) {
            copy.copyOut(
                    "copy (select " + RECORD + " from overseas_school where province = '" + province + "') to stdout",
                    out);
        }
        try (OutputStream out = Files.newOutputStream(events)) {
            copy.copyOut("copy (select " + OUTBOX + " from outbox where key like '" + province + "/%') to stdout", out);
        }
        try (InputStream recordsIn = Files.newInputStream(records);
                InputStream eventsIn = Files.newInputStream(events)) {
            long start = System.nanoTime();
            long copied = copy.copyIn("copy bench_record (" + RECORD + ") from stdin", recordsIn, 1 << 16);
            copied += copy.copyIn("copy bench_outbox (" + OUTBOX + ") from stdin", eventsIn, 1 << 16);
            double seconds = (System.nanoTime() - start) / 1e9;
            if (copied != 2L * rows) {
                throw new IllegalStateException("Copied " + copied + " rows, expected " + 2L * rows);
            }
            return rows / seconds;
        } finally {
            database.run("drop table bench_record");
            database.run("drop table bench_outbox");
            Files.delete(records);
            Files.delete(events);
        }
    }

    private String token(String client) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(platform.issuer().url() + "/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials&client_id=" + client
                        + "&client_secret=" + Clients.secret(client)))
                .build();
        String body = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        Matcher token = Pattern.compile("\"access_token\"\\s*:\\s*\"([^\"]+)\"").matcher(body);
        if (!token.find()) {
            throw new IllegalStateException("no token: " + body);
        }
        return token.group(1);
    }
}
