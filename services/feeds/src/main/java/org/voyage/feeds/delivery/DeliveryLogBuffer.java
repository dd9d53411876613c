package org.voyage.feeds.delivery;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.delivery.DeliveryLogEntry.ReplayStep;
import org.voyage.feeds.delivery.DeliveryLogEntry.SetAsideEvent;
import org.voyage.feeds.delivery.endpoint.DisableReason;
import org.voyage.feeds.delivery.http.WebhookReply;
import org.voyage.feeds.delivery.queue.DeliveryRequest;
import org.voyage.feeds.delivery.queue.DeliverySnapshot;
import org.voyage.feeds.delivery.queue.QueueNotice;
import org.voyage.feeds.feed.FeedPosition;

/** Buffer of the outcomes that a deliverer has not stored yet. */
final class DeliveryLogBuffer {

    private final int maxTries;
    private final List<DeliveryAttempt> failed = new ArrayList<>();
    private final List<SetAsideEvent> setAside = new ArrayList<>();
    private @Nullable DeliveryAttempt accepted;
    private @Nullable DisableReason disabled;
    private boolean isUrgent;

    DeliveryLogBuffer(int maxTries) {
        this.maxTries = maxTries;
    }

    /** @param nextTryAt of a request that failed */
    void addReply(DeliveryRequest request, WebhookReply reply, Instant time, Optional<Instant> nextTryAt) {
        if (!reply.isAccepted() || reply.isExpired()) {
            failed.add(DeliveryAttempt.of(request, reply, time, nextTryAt.orElse(null)));
            isUrgent = true;
            return;
        }
        DeliveryAttempt attempt = DeliveryAttempt.of(request, reply, time, null);
        accepted = accepted == null ? attempt : accepted.with(attempt);
    }

    /** @param position after which events were deleted before they were delivered */
    void addExpired(FeedPosition position, Instant time) {
        failed.add(DeliveryAttempt.ofExpired(position, time));
        isUrgent = true;
    }

    /** @param status of the reply to which they belong; 0 for none */
    void addNotices(List<QueueNotice> added, int status) {
        for (QueueNotice each : added) {
            isUrgent = true;
            switch (each.kind()) {
                case EVENT_SET_ASIDE ->
                    setAside.add(new SetAsideEvent(Objects.requireNonNull(each.position()), maxTries, status));
                case ENDPOINT_DISABLED -> disabled = DisableReason.DOWN;
                case ENDPOINT_GONE -> disabled = DisableReason.GONE;
            }
        }
    }

    /** Returns why the endpoint is to be disabled; empty if it is not. */
    Optional<DisableReason> disabled() {
        return Optional.ofNullable(disabled);
    }

    boolean isEmpty() {
        return accepted == null && !isUrgent;
    }

    /** Returns whether the note cannot wait for others. */
    boolean isUrgent() {
        return isUrgent;
    }

    DeliveryLogEntry toEntry(DeliverySnapshot snapshot, Optional<ReplayStep> replay) {
        return new DeliveryLogEntry(
                snapshot, accepted, List.copyOf(failed), List.copyOf(setAside), replay.orElse(null));
    }

    /** Forgets what was noted. */
    void clear() {
        accepted = null;
        failed.clear();
        setAside.clear();
        isUrgent = false;
    }
}
