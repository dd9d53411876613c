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

/**
 * Sends the history as its bureaus would: files in bulk, each with the token of its province and to all services at
 * once, then single calls for what life changed. Sending it again changes nothing.
 */
final class Loader {

    /** These bureaus send children first; they are parked until what they belong to comes. */
    private static final Map<String, RecordType> EARLY = Map.of(
            "33", RecordType.HEADCOUNTS,
            "37", RecordType.COOPERATIVE_HEADCOUNTS,
            "51", RecordType.RECOGNITIONS);

    private static final int ROWS_PER_FILE = 3_000;

    private final Api api;
    private final History history;
    private final Map<String, Map<RecordType, List<Entry>>> bulk;
    private final Progress progress;
    private final Set<String> receipts = ConcurrentHashMap.newKeySet();
    private final Map<String, Long> outcomes = new ConcurrentSkipListMap<>();

    Loader(Api api, History history, Progress progress) {
        this.api = api;
        this.history = history;
        this.bulk = history.bulk();
        this.progress = progress;
    }

    /** Receipts of everything that was written: a figure asked with all of them includes the whole history. */
    Set<String> load() {
        try (var services = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> sending = new ArrayList<>();
            for (RecordService service : RecordService.values()) {
                sending.add(services.submit(() -> send(service)));
            }
            for (Future<?> one : sending) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused("The loading was interrupted.");
        }
        history.stories().forEach(this::tell);
        progress.say("outcomes: " + outcomes);
        for (RecordService service : RecordService.values()) {
            requireNothingParked(service);
        }
        return receipts;
    }

    private void send(RecordService service) {
        bulk.forEach((province, types) -> {
            RecordType early = EARLY.get(province);
            if (early != null && early.service == service) {
                send(province, early, types);
            }
            types.keySet().stream()
                    .filter(type -> type.service == service && type != early)
                    .forEach(type -> send(province, type, types));
        });
    }

    private void send(String province, RecordType type, Map<RecordType, List<Entry>> types) {
        List<Entry> entries = types.getOrDefault(type, List.of());
        for (int from = 0; from < entries.size(); from += ROWS_PER_FILE) {
            List<Entry> part = entries.subList(from, Math.min(entries.size(), from + ROWS_PER_FILE));
            Answer answer = api.batch(province, type, file(province, part)).orRefused();
            answer.receipt().ifPresent(receipts::add);
            JsonNode counts = answer.json().path("counts");
            count(counts, answer);
            progress.advance(part.size(), province + " " + type.path);
            if (EARLY.get(province) == type && counts.path("parked").asLong() > 0) {
                progress.say("%s sent %,d %s before what they belong to: parked until it comes"
                        .formatted(province, counts.path("parked").asLong(), type.path));
            }
        }
    }

    /** Most bureaus send from a system, some keep spreadsheets. */
    private static BulkFile file(String province, List<Entry> entries) {
        return switch (province) {
            case "46", "66" -> BulkFile.csv(entries);
            case "50" -> BulkFile.gb18030(entries);
            case "53" -> BulkFile.xlsx(entries);
            default -> BulkFile.ndjson(entries);
        };
    }

    private void count(JsonNode counts, Answer answer) {
        for (String outcome : List.of("created", "corrected", "unchanged", "parked", "refused")) {
            outcomes.merge(outcome, counts.path(outcome).asLong(), Long::sum);
        }
        if (counts.path("refused").asLong() > 0) {
            throw new Refused(answer);
        }
    }

    private void requireNothingParked(RecordService service) {
        Answer parked =
                api.get("operator", api.endpoints().of(service), "/v1/parked").orRefused();
        Set<String> ours = new HashSet<>();
        history.entries()
                .filter(entry -> entry.type().service == service)
                .forEach(entry -> ours.add(entry.province() + "/" + entry.sourceId()));
        for (JsonNode row : parked.json().path("items")) {
            String key =
                    row.path("province").asText() + "/" + row.path("sourceId").asText();
            if (ours.contains(key)) {
                throw new Refused(
                        key + " still waits for " + row.at("/waitsFor/sourceId").asText());
            }
        }
    }

    private void tell(Story story) {
        Entry subject = story.last().entry();
        boolean toldBefore = api.get(
                        Api.bureau(subject.province()), api.endpoints().of(subject.type().service), Api.path(subject))
                .isOk();
        List<Story.Step> steps = toldBefore ? List.of(story.last()) : story.steps();
        for (Story.Step step : steps) {
            Answer answer = switch (step) {
                case Story.Send send -> api.put(send.entry());
                case Story.Withdraw withdraw -> api.withdraw(withdraw.entry(), withdraw.reason());
            };
            answer.orRefused().receipt().ifPresent(receipts::add);
        }
        progress.advance(story.last() instanceof Story.Send ? 1 : 0, story.what());
    }
}
