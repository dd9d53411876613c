package org.voyage.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Sends the history as its bureaus would: files in bulk, each with the token of its province, then single calls for
 * what life changed. Sending it again changes nothing.
 */
final class Loader {

    /** This bureau sends its headcounts first; they are parked until the schools come. */
    private static final String EARLY_HEADCOUNTS = "33";

    /** These bureaus keep spreadsheets. */
    private static final Set<String> SPREADSHEETS = Set.of("46", "50", "66");

    private static final int ROWS_PER_FILE = 500;

    private final Api api;
    private final History history;
    private final Progress progress;
    private final Set<String> receipts = new LinkedHashSet<>();
    private final Map<String, Long> outcomes = new TreeMap<>();

    Loader(Api api, History history, Progress progress) {
        this.api = api;
        this.history = history;
        this.progress = progress;
    }

    /** Receipts of everything that was written: a figure asked with all of them includes the whole history. */
    Set<String> load() {
        for (String province : history.provinces()) {
            for (RecordType type : order(province)) {
                send(province, type);
            }
        }
        history.stories().forEach(this::tell);
        progress.say("outcomes: " + outcomes);
        requireNothingParked();
        return receipts;
    }

    private static List<RecordType> order(String province) {
        return province.equals(EARLY_HEADCOUNTS)
                ? List.of(RecordType.HEADCOUNTS, RecordType.SCHOOLS, RecordType.TRAININGS)
                : List.of(RecordType.SCHOOLS, RecordType.HEADCOUNTS, RecordType.TRAININGS);
    }

    private void send(String province, RecordType type) {
        List<Entry> entries = history.bulk(type, province);
        for (int from = 0; from < entries.size(); from += ROWS_PER_FILE) {
            List<Entry> part = entries.subList(from, Math.min(entries.size(), from + ROWS_PER_FILE));
            BulkFile file = SPREADSHEETS.contains(province) ? BulkFile.csv(part) : BulkFile.ndjson(part);
            Answer answer = api.batch(province, type, file).orRefused();
            answer.receipt().ifPresent(receipts::add);
            JsonNode counts = answer.json().path("counts");
            count(counts, answer);
            progress.advance(part.size(), province + " " + type.path);
            if (province.equals(EARLY_HEADCOUNTS) && counts.path("parked").asLong() > 0) {
                progress.say("%s sent %d headcounts before their schools: parked until the schools come"
                        .formatted(province, counts.path("parked").asLong()));
            }
        }
    }

    private void count(JsonNode counts, Answer answer) {
        for (String outcome : List.of("created", "corrected", "unchanged", "parked", "refused")) {
            outcomes.merge(outcome, counts.path(outcome).asLong(), Long::sum);
        }
        if (counts.path("refused").asLong() > 0) {
            throw new Refused(answer);
        }
    }

    private void requireNothingParked() {
        Answer parked =
                api.get("operator", api.endpoints().overseas(), "/v1/parked").orRefused();
        Set<String> ours = new HashSet<>();
        history.provinces()
                .forEach(province -> history.bulk(RecordType.HEADCOUNTS, province)
                        .forEach(entry -> ours.add(province + "/" + entry.sourceId())));
        for (JsonNode row : parked.json().path("items")) {
            String key =
                    row.path("province").asText() + "/" + row.path("sourceId").asText();
            if (ours.contains(key)) {
                throw new Refused(key + " still waits for its school "
                        + row.at("/waitsFor/sourceId").asText());
            }
        }
    }

    private void tell(Story story) {
        Entry subject = story.last().entry();
        boolean toldBefore = api.get(
                        Api.bureau(subject.province()), api.endpoints().overseas(), Api.path(subject))
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
