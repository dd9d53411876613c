package org.voyage.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Function;

/** Puller of the events of one feed into a copy, which verifies each of them. */
final class FeedPuller {

    static final int MAX_PAGE_EVENTS = 1000;

    private final Function<String, JsonNode> source;
    private final String feed;
    private final int pageEvents;
    private final FeedVerifier verifier;

    /** @param source answers of the platform to a path such as {@code /v1/feeds/…} */
    FeedPuller(Function<String, JsonNode> source, String feed, int pageEvents) {
        this.source = source;
        this.feed = feed;
        this.pageEvents = pageEvents;
        this.verifier = new FeedVerifier(source.apply("/.well-known/voyage-feeds-keys"));
    }

    /** Pulls until there is nothing new. @return number of events that were new */
    int pullEvents(FeedCopy copy) {
        int accepted = 0;
        while (true) {
            String after = copy.position().map(position -> "&after=" + position).orElse("");
            JsonNode events = source.apply("/v1/feeds/" + feed + "/events?limit=" + pageEvents + after);
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

    FeedVerifier verifier() {
        return verifier;
    }
}
