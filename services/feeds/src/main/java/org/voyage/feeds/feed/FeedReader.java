package org.voyage.feeds.feed;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.voyage.feeds.scope.FeedScope;

/** Reads the log of a feed as its reader may see it now. All ways of reading go through it. */
@ApplicationScoped
public class FeedReader {

    private static final int PAGE_EVENTS = 500;

    private final FeedEventStore events;

    FeedReader(FeedEventStore events) {
        this.events = events;
    }

    /**
     * Returns the messages after a position. An event whose data the present scope no longer allows keeps number, digest and
     * chain; its data are withheld, and its {@code op} is {@code delete}.
     *
     * @param scope of the feed at this moment
     */
    public List<FeedMessage> readMessages(String feed, FeedPosition after, int limit, FeedScope scope) {
        return events.readAfter(feed, after, limit).stream()
                .map(event -> toMessage(event, scope))
                .toList();
    }

    /** Returns the position of the last event up to another one whose data are withheld; empty when there is none. */
    public Optional<FeedPosition> findLastWithheld(String feed, FeedPosition upTo, FeedScope scope) {
        Optional<FeedPosition> found = Optional.empty();
        FeedPosition after = new FeedPosition(0, 0);
        while (after.compareTo(upTo) < 0) {
            List<FeedEvent> page = events.readAfter(feed, after, PAGE_EVENTS);
            if (page.isEmpty()) {
                break;
            }
            for (FeedEvent event : page) {
                if (event.position().compareTo(upTo) <= 0 && !isVisible(event, scope)) {
                    found = Optional.of(event.position());
                }
            }
            after = page.getLast().position();
        }
        return found;
    }

    private static FeedMessage toMessage(FeedEvent event, FeedScope scope) {
        boolean isVisible = isVisible(event, scope);
        return new FeedMessage(
                event.position(),
                event.kind().wireName(),
                event.outsideId() == null ? "" : event.outsideId(),
                isVisible ? FeedEventBody.toPresentForm(event) : FeedEventBody.writeWithheld(event),
                !isVisible,
                event.traceparent());
    }

    /**
     * Returns whether a scope that was read before the messages has to be read again: an event that follows from a wider
     * scope would be withheld by the former one for good.
     */
    public static boolean isScopeInDoubt(List<FeedMessage> read) {
        return read.stream().anyMatch(FeedMessage::isWithheld);
    }

    private static boolean isVisible(FeedEvent event, FeedScope scope) {
        return event.dimensions() == null
                || scope.visibleFields(event.dimensions())
                        .filter(fields -> fields.containsAll(event.fields()))
                        .isPresent();
    }
}
