package org.voyage.prove;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.voyage.prove.RunHistory.FeedEvent;
import org.voyage.prove.RunHistory.PublishedEvent;
import org.voyage.prove.RunHistory.ServedFigure;
import org.voyage.prove.RunHistory.StoredRow;

/** Export of what databases, topics, figures and a feed have at the end of a run, as files for the checker. */
final class RunExport {

    private static final String OPERATOR = "proof-operator";
    private static final String ALLIANCE = "PROOF";
    private static final String READER = "alliance-" + ALLIANCE;
    private static final int PAGE_EVENTS = 1000;
    private static final long LONGEST_MILLIS = 120_000;

    private final ServerLab lab;
    private final LabClient client;
    private final Path folder;
    /** Values before the run, by door and figure: there may be other records. */
    private Map<String, Long> before = Map.of();

    private String feed = "";

    RunExport(ServerLab lab, LabClient client, Path folder) {
        this.lab = lab;
        this.client = client;
        this.folder = folder;
    }

    static String figurePath(String figure) {
        return "/api/indicators/v1/indicators/" + figure + "/values?province=" + RecordKind.PROVINCE + "&period="
                + RecordKind.YEAR;
    }

    /**
     * Notes the figures, and admits an operator and an alliance, which subscribes to all schools from now on.
     *
     * @throws IOException when a door refuses
     */
    void begin() throws IOException, InterruptedException {
        before = readFigures(Map.of()).stream()
                .collect(Collectors.toMap(served -> served.door() + served.figure(), ServedFigure::value));
        client.admitProgram(OPERATOR, "operator", null);
        client.admitProgram(READER, "alliance", Map.entry("alliance", ALLIANCE));
        String path = "/api/feeds/v1/alliances/" + ALLIANCE;
        client.require("server1", OPERATOR, "PUT", path, "{\"name\":\"证明联盟\",\"nameEn\":\"Alliance of the proof\"}");
        client.require("server1", OPERATOR, "PUT", path + "/grants/all", """
                {"records":["overseas-school"],"countries":["THA"],"from":"2023-06-30",\
                "legalBasis":"示例合作协议（虚构）/ example agreement (constructed)"}""");
        feed = client.require(
                        "server1", READER, "POST", "/api/feeds/v1/feeds", "{\"name\":\"proof\",\"start\":\"now\"}")
                .path("id")
                .asText();
        while (!isReady(client.require("server1", READER, "GET", "/api/feeds/v1/feeds/" + feed + "/status", null))) {
            Thread.sleep(200);
        }
    }

    /** A feed that begins now has its place in the log once nothing is scanned. */
    private static boolean isReady(JsonNode status) {
        return status.path("scan").isNull() && status.path("grant").asText().equals("granted");
    }

    /** Writes all files. @throws IOException when a part cannot be read */
    void writeFiles(String prefix, long schoolWrites, Map<String, String> receipts)
            throws IOException, InterruptedException {
        RunHistory.writeLines(folder.resolve(RunHistory.FEED), readFeed(schoolWrites));
        List<ServedFigure> figures = readFigures(receipts);
        figures.add(new ServedFigure("server1", ServedFigure.PROOF, proveFigures()));
        RunHistory.writeLines(folder.resolve(RunHistory.FIGURES), figures);
        RunHistory.writeLines(folder.resolve(RunHistory.ROWS), readRows(prefix));
        RunHistory.writeLines(folder.resolve(RunHistory.EVENTS), readEvents(prefix));
    }

    private List<StoredRow> readRows(String prefix) throws IOException, InterruptedException {
        List<StoredRow> rows = new ArrayList<>();
        for (String server : ServerLab.SERVERS) {
            for (RecordKind kind : RecordKind.all()) {
                String sql = """
                        select json_build_array(source_id, version, case when reason is null then record ->> '%2$s' end,
                                 1 + (select count(*) from %1$s_history old
                                       where old.province = now.province and old.source_id = now.source_id))
                          from %1$s now where source_id like '%3$s-%%'""".formatted(kind.table(), kind.field, prefix);
                for (String line : query(server, kind.service, sql)) {
                    JsonNode row = LabClient.JSON.readTree(line);
                    rows.add(new StoredRow(
                            server,
                            kind.record,
                            row.path(0).asText(),
                            row.path(1).asLong(),
                            row.path(2).textValue(),
                            row.path(3).asLong()));
                }
            }
        }
        return rows;
    }

    private List<String> query(String server, String database, String sql) throws InterruptedException {
        return lab.compose(server, "exec", "-T", "postgres", "psql", "-U", "postgres", "-d", database, "-Atc", sql)
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
    }

    private List<PublishedEvent> readEvents(String prefix) throws IOException, InterruptedException {
        List<PublishedEvent> events = new ArrayList<>();
        for (RecordKind kind : RecordKind.all()) {
            String printed = lab.runInNetwork(
                    "voyage/kafka:4.1.2",
                    // The certificate of a broker: one of a service has no group of consumers.
                    "kafka",
                    "start-kafka org.apache.kafka.tools.consumer.ConsoleConsumer --bootstrap-server kafka.server1:9092"
                            + " --consumer.config /etc/voyage/client.properties --topic " + kind.topic()
                            + " --from-beginning --isolation-level read_committed --timeout-ms 10000"
                            + " --property print.partition=true --property print.offset=true"
                            + " --property print.key=false 2>/dev/null");
            for (String line : printed.lines().toList()) {
                String[] parts = line.split("\t", 3);
                if (parts.length < 3) {
                    continue;
                }
                JsonNode data = LabClient.JSON.readTree(parts[2]);
                if (data.path("sourceId").asText().startsWith(prefix + "-")) {
                    events.add(new PublishedEvent(
                            kind.record,
                            Integer.parseInt(parts[0].replaceAll("\\D", "")),
                            Long.parseLong(parts[1].replaceAll("\\D", "")),
                            data.path("sourceId").asText(),
                            data.path("version").asLong(),
                            data.path("after").path(kind.field).textValue()));
                }
            }
        }
        return events;
    }

    /** @param receipts of writes that the values have, by figure */
    private List<ServedFigure> readFigures(Map<String, String> receipts) throws IOException, InterruptedException {
        List<ServedFigure> figures = new ArrayList<>();
        for (String server : ServerLab.SERVERS) {
            for (RecordKind kind : RecordKind.all()) {
                JsonNode answer = client.require(
                        server,
                        WriteLoad.CLIENT,
                        "GET",
                        figurePath(kind.figure)
                                + (receipts.containsKey(kind.figure) ? "&receipt=" + receipts.get(kind.figure) : ""),
                        null);
                figures.add(new ServedFigure(
                        server,
                        kind.figure,
                        answer.path("items").path(0).path("value").asLong()
                                - before.getOrDefault(server + kind.figure, 0L)));
            }
        }
        return figures;
    }

    /** Lets the platform recount all figures, and returns the number of differences. */
    private long proveFigures() throws IOException, InterruptedException {
        HttpResponse<String> begun =
                client.requireAnswer("server1", OPERATOR, "POST", "/api/indicators/v1/proofs", null);
        String path =
                URI.create(begun.headers().firstValue("Location").orElseThrow()).getPath();
        path = path.startsWith("/api/") ? path : "/api/indicators" + path;
        long end = System.currentTimeMillis() + LONGEST_MILLIS;
        while (System.currentTimeMillis() < end) {
            JsonNode proof =
                    client.require("server1", OPERATOR, "GET", path, null).path("proof");
            String verdict = proof.path("verdict").asText();
            if (verdict.equals("proved")) {
                return 0;
            }
            if (!verdict.equals("running")) {
                return Math.max(1, proof.path("differences").asLong());
            }
            Thread.sleep(200);
        }
        throw new IOException("The proof of the figures does not end");
    }

    /** Reads to the end, and waits a while when the feed lacks some of the expected changes. */
    private List<FeedEvent> readFeed(long changes) throws IOException, InterruptedException {
        List<FeedEvent> events = new ArrayList<>();
        String after = "";
        long last = System.currentTimeMillis();
        boolean isComplete = false;
        while (!isComplete && System.currentTimeMillis() - last < 20_000) {
            JsonNode page = client.require(
                    "server1",
                    READER,
                    "GET",
                    "/api/feeds/v1/feeds/" + feed + "/events?limit=" + PAGE_EVENTS + after,
                    null);
            for (JsonNode event : page) {
                events.add(toFeedEvent(event));
                after = "&after=" + event.path("id").asText();
                last = System.currentTimeMillis();
            }
            if (page.isEmpty()) {
                isComplete = events.stream()
                                .filter(event -> !event.subject().isEmpty())
                                .count()
                        >= changes;
                Thread.sleep(500);
            }
        }
        return events;
    }

    private static FeedEvent toFeedEvent(JsonNode event) {
        JsonNode data = event.path("data");
        @Nullable String text = data.path("state").path(RecordKind.SCHOOL.field).textValue();
        return new FeedEvent(
                event.path("id").asText(),
                event.path("epoch").asLong(),
                event.path("sequence").asLong(),
                data.has("record") ? event.path("subject").asText() : "",
                data.path("kind").asText(),
                text);
    }
}
