package org.voyage.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Puller of the events of one feed into a copy, which verifies each of them. */
final class FeedPuller {

    static final int MAX_PAGE_EVENTS = 1000;

    private final Function<String, JsonNode> source;
    private final String feed;
    private final int pageEvents;
    private final FeedVerifier verifier;
    private final PrintStream out;

    /** All records of a feed at a position, by their names. */
    record FeedSnapshot(String position, Map<String, JsonNode> records) {}

    /**
     * @param source answers of the platform to a path such as {@code /v1/feeds/…}
     * @param out gets a line when the copy starts again
     */
    FeedPuller(Function<String, JsonNode> source, String feed, int pageEvents, PrintStream out) {
        this.source = source;
        this.out = out;
        this.feed = feed;
        this.pageEvents = pageEvents;
        this.verifier = new FeedVerifier(source.apply("/.well-known/voyage-feeds-keys"));
    }

    /**
     * Pulls until there is nothing new. A copy whose next events are no longer kept starts again from a snapshot.
     *
     * @return number of events that were new
     */
    int pullEvents(FeedCopy copy) {
        int accepted = 0;
        Optional<JsonNode> first = readNext(copy);
        if (first.isEmpty()) {
            startAgain(copy);
        }
        while (true) {
            JsonNode events = first.orElseGet(() -> readPage(copy));
            first = Optional.empty();
            if (events.isEmpty()) {
                return accepted;
            }
            for (JsonNode event : events) {
                if (verifier.accept(event, copy)) {
                    accepted++;
                }
            }
            copy.save();
        }
    }

    private JsonNode readPage(FeedCopy copy) {
        String after = copy.position().map(position -> "&after=" + position).orElse("");
        return source.apply("/v1/feeds/" + feed + "/events?limit=" + pageEvents + after);
    }

    /** Returns the next page of events; empty when those that follow the copy are no longer kept. */
    private Optional<JsonNode> readNext(FeedCopy copy) {
        try {
            JsonNode events = readPage(copy);
            boolean isLate = copy.position().isEmpty() && !events.isEmpty() && !copy.isNext(events.get(0));
            return isLate ? Optional.empty() : Optional.of(events);
        } catch (ServiceRefusedException e) {
            if (e.isGone()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private void startAgain(FeedCopy copy) {
        FeedSnapshot snapshot = readSnapshot(source, feed);
        out.printf(
                "%s are no longer kept: the copy starts again from the snapshot at %s, %d records%n",
                copy.position().map(last -> "the events after " + last).orElse("the first events"),
                snapshot.position(),
                snapshot.records().size());
        copy.startFrom(snapshot.position(), snapshot.records());
        copy.save();
    }

    static FeedSnapshot readSnapshot(Function<String, JsonNode> source, String feed) {
        Map<String, JsonNode> records = new TreeMap<>();
        String cursor = "";
        while (true) {
            JsonNode page = source.apply("/v1/feeds/" + feed + "/snapshot?limit=" + MAX_PAGE_EVENTS + cursor);
            page.path("items").forEach(item -> records.put(item.path("record").asText(), item.path("state")));
            if (!page.path("next").isTextual()) {
                return new FeedSnapshot(page.path("position").asText(), records);
            }
            cursor = "&cursor=" + ApiClient.encode(page.path("next").asText());
        }
    }

    FeedVerifier verifier() {
        return verifier;
    }
}
