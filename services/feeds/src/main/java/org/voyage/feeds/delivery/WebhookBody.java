package org.voyage.feeds.delivery;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32;
import org.voyage.feeds.delivery.queue.DeliveryRequest;
import org.voyage.feeds.feed.FeedMessage;
import org.voyage.feeds.feed.FeedPosition;

/**
 * Id and content of a webhook: the same at each try, unless data are withheld by then.
 *
 * @param contentType of one event, or of a batch
 */
@SuppressWarnings("ArrayRecordComponent") // handed to the client, never compared
record WebhookBody(String id, String contentType, byte[] bytes) {

    static final String EVENT_TYPE = "application/cloudevents+json; charset=UTF-8";
    static final String BATCH_TYPE = "application/cloudevents-batch+json; charset=UTF-8";

    /** @param messages of the request, in order; at least one */
    static WebhookBody of(String feed, DeliveryRequest request, List<FeedMessage> messages) {
        FeedPosition first = request.events().getFirst();
        if (!request.isBatch()) {
            return new WebhookBody(
                    feed + "_" + first.epoch() + "_" + FeedPosition.formatSequence(first.sequence()),
                    EVENT_TYPE,
                    messages.getFirst().body());
        }
        FeedPosition last = request.events().getLast();
        return new WebhookBody(
                feed + "_" + first.epoch() + "_" + FeedPosition.formatSequence(first.sequence()) + "-"
                        + FeedPosition.formatSequence(last.sequence()) + "_" + hashOf(request.events()),
                BATCH_TYPE,
                join(messages));
    }

    /** Two compositions with the same ends have two ids. */
    private static String hashOf(List<FeedPosition> events) {
        CRC32 hash = new CRC32();
        events.forEach(each -> hash.update(each.text().getBytes(StandardCharsets.US_ASCII)));
        return "%08x".formatted(hash.getValue());
    }

    /** Returns a JSON array of the bytes as they are stored. */
    private static byte[] join(List<FeedMessage> messages) {
        int length = messages.stream().mapToInt(each -> each.body().length + 1).sum() + 1;
        byte[] all = new byte[length];
        int at = 0;
        for (FeedMessage message : messages) {
            all[at] = (byte) (at == 0 ? '[' : ',');
            at++;
            System.arraycopy(message.body(), 0, all, at, message.body().length);
            at += message.body().length;
        }
        all[Objects.checkIndex(at, length)] = ']';
        return all;
    }
}
