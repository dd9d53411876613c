package org.voyage.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.voyage.demo.CorrectionRound.RoundFile;

/**
 * Loader that sends the history as its bureaus would: bulk files with each province's token to all services in
 * parallel, then single calls for later changes, then rounds of corrections. A second load changes nothing.
 */
final class HistoryLoader {

    /** Bureaus that send children first; the service parks these until their parents arrive. */
    private static final Map<String, DemoRecordType> CHILDREN_FIRST = Map.of(
            "33", DemoRecordType.HEADCOUNTS,
            "37", DemoRecordType.COOPERATIVE_HEADCOUNTS,
            "51", DemoRecordType.RECOGNITIONS);

    private static final int ROWS_PER_FILE = 3_000;

    private final ApiClient api;
    private final DemoHistory history;
    private final Map<String, Map<DemoRecordType, List<RecordRow>>> bulk;
    private final LoadProgress progress;
    private final Set<String> receipts = ConcurrentHashMap.newKeySet();
    private final Map<String, Long> outcomes = new ConcurrentSkipListMap<>();

    HistoryLoader(ApiClient api, DemoHistory history, LoadProgress progress) {
        this.api = api;
        this.history = history;
        this.bulk = history.bulkRecords();
        this.progress = progress;
    }

    /**
     * Loads the history without the rounds. Returns the receipts of all writes: a figure that includes them includes the
     * whole history.
     */
    Set<String> loadHistory() {
        try (var services = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> sending = new ArrayList<>();
            for (RecordService service : RecordService.values()) {
                sending.add(services.submit(() -> sendService(service)));
            }
            for (Future<?> one : sending) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServiceRefusedException("The loading was interrupted.");
        }
        history.stories().forEach(this::playStory);
        for (RecordService service : RecordService.values()) {
            requireNothingParked(service);
        }
        return Set.copyOf(receipts);
    }

    /**
     * Sends the first reports of all rounds that were never sent.
     *
     * @return their receipts
     */
    Set<String> sendFirstReports() {
        receipts.clear();
        history.rounds().forEach(round -> round.files().forEach(this::sendFirstReport));
        return Set.copyOf(receipts);
    }

    /**
     * Sends the files of a round.
     *
     * @return the receipts of what changed; empty when the round was played before
     */
    Set<String> playRound(CorrectionRound round) {
        receipts.clear();
        for (RoundFile file : round.files()) {
            sendFile(file.province(), file.type(), file.finalReport());
            progress.addRows(file.counted().size(), round.what());
        }
        return Set.copyOf(receipts);
    }

    /** Prints how many rows of all files had which outcome. */
    void printOutcomes() {
        progress.printMilestone("outcomes: " + outcomes);
    }

    private void sendFirstReport(RoundFile file) {
        if (!file.firstReport().isEmpty()
                && !api.read(file.firstReport().getFirst()).isOk()) {
            sendFile(file.province(), file.type(), file.firstReport());
        }
    }

    private void sendService(RecordService service) {
        bulk.forEach((province, types) -> {
            DemoRecordType early = CHILDREN_FIRST.get(province);
            if (early != null && early.service == service) {
                sendRows(province, early, types);
            }
            types.keySet().stream()
                    .filter(type -> type.service == service && type != early)
                    .forEach(type -> sendRows(province, type, types));
        });
    }

    private void sendRows(String province, DemoRecordType type, Map<DemoRecordType, List<RecordRow>> types) {
        List<RecordRow> entries = types.getOrDefault(type, List.of());
        for (int from = 0; from < entries.size(); from += ROWS_PER_FILE) {
            List<RecordRow> part = entries.subList(from, Math.min(entries.size(), from + ROWS_PER_FILE));
            JsonNode counts = sendFile(province, type, part);
            progress.addRows(part.size(), province + " " + type.path);
            if (CHILDREN_FIRST.get(province) == type && counts.path("parked").asLong() > 0) {
                progress.printMilestone("%s sent %,d %s before what they belong to: parked until it comes"
                        .formatted(province, counts.path("parked").asLong(), type.path));
            }
        }
    }

    /** Sends a file; returns the counts of its outcomes. */
    private JsonNode sendFile(String province, DemoRecordType type, List<RecordRow> rows) {
        ApiResponse answer =
                api.sendBatch(province, type, toFile(province, rows)).requireOk();
        answer.receipt().ifPresent(receipts::add);
        JsonNode counts = answer.parseJson().path("counts");
        addCounts(counts, answer);
        return counts;
    }

    /** Returns the upload file of a bureau: most bureaus send from a system, some keep spreadsheets. */
    private static BulkFile toFile(String province, List<RecordRow> entries) {
        return switch (province) {
            case "46", "66" -> BulkFile.csv(entries);
            case "50" -> BulkFile.gb18030(entries);
            case "53" -> BulkFile.xlsx(entries);
            default -> BulkFile.ndjson(entries);
        };
    }

    private void addCounts(JsonNode counts, ApiResponse answer) {
        for (String outcome : List.of("created", "corrected", "unchanged", "withdrawn", "parked", "refused")) {
            outcomes.merge(outcome, counts.path(outcome).asLong(), Long::sum);
        }
        if (counts.path("refused").asLong() > 0) {
            throw new ServiceRefusedException(answer);
        }
    }

    private void requireNothingParked(RecordService service) {
        ApiResponse parked = api.get("operator", api.endpoints().ofBasePort(service), "/v1/parked")
                .requireOk();
        Set<String> ours = new HashSet<>();
        history.records().stream()
                .filter(entry -> entry.type().service == service)
                .forEach(entry -> ours.add(entry.province() + "/" + entry.sourceId()));
        for (JsonNode row : parked.parseJson().path("items")) {
            String key =
                    row.path("province").asText() + "/" + row.path("sourceId").asText();
            if (ours.contains(key)) {
                throw new ServiceRefusedException(
                        key + " still waits for " + row.at("/waitsFor/sourceId").asText());
            }
        }
    }

    private void playStory(RecordStory story) {
        BureauRecord subject = story.lastStep().entry();
        boolean isPlayed = api.get(
                        ApiClient.bureauClient(subject.province()),
                        api.endpoints().ofBasePort(subject.type().service),
                        ApiClient.pathOf(subject))
                .isOk();
        List<RecordStory.StoryStep> steps = isPlayed ? List.of(story.lastStep()) : story.steps();
        for (RecordStory.StoryStep step : steps) {
            ApiResponse answer = switch (step) {
                case RecordStory.SendStep send -> api.put(send.entry());
                case RecordStory.WithdrawStep withdraw -> api.withdraw(withdraw.entry(), withdraw.reason());
            };
            answer.requireOk().receipt().ifPresent(receipts::add);
        }
        progress.addRows(story.lastStep() instanceof RecordStory.SendStep ? 1 : 0, story.what());
    }
}
