package org.voyage.feeds.feed;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.voyage.feeds.scope.FeedScope;

/** Reads the log of a feed as its reader may see it now. All ways of reading go through it. */
@ApplicationScoped
public class FeedReader {

    private final FeedEventStore events;

    FeedReader(FeedEventStore events) {
        this.events = events;
    }

    /**
     * Returns the messages after a position. An event whose data the present scope no longer allows keeps number, digest and
     * chain; its data are withheld.
     *
     * @param scope of the feed at this moment
     */
    public List<FeedMessage> readMessages(String feed, FeedPosition after, int limit, FeedScope scope) {
        return events.readAfter(feed, after, limit).stream()
                .map(event -> toMessage(event, scope))
                .toList();
    }

    /** Returns the messages from one position to another, both included; see {@link #readMessages}. */
    public List<FeedMessage> readRange(String feed, FeedPosition from, FeedPosition to, FeedScope scope) {
        return events.readRange(feed, from, to).stream()
                .map(event -> toMessage(event, scope))
                .toList();
    }

    private static FeedMessage toMessage(FeedEvent event, FeedScope scope) {
        boolean isVisible = event.dimensions() == null
                || scope.grantedFields(event.dimensions())
                        .filter(fields -> fields.containsAll(event.fields()))
                        .isPresent();
        return new FeedMessage(
                event.position(),
                event.kind().wireName(),
                event.outsideId() == null ? "" : event.outsideId(),
                isVisible ? event.body() : FeedEventBody.writeWithheld(event));
    }
}
