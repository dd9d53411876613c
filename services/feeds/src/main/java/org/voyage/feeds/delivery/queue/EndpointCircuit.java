package org.voyage.feeds.delivery.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.delivery.queue.CircuitState.DownCause;
import org.voyage.feeds.delivery.queue.QueueNotice.NoticeKind;
import org.voyage.feeds.feed.FeedPosition;

/**
 * Circuit of one endpoint: decides whether a failure is about the event or about the endpoint, and when an endpoint that is
 * down is probed.
 */
final class EndpointCircuit {

    /** Failures of an event after which it is the event's, when others were accepted between them. */
    private static final int SETBACKS_TO_REFUSAL = 3;

    private final DeliveryRules rules;
    private final RandomGenerator random;
    private final List<QueueNotice> notices;
    private final Set<FeedPosition> refusedInRow = new HashSet<>();
    private final Map<FeedPosition, Setback> setbacks = new HashMap<>();
    private @Nullable CircuitState state;
    /** Begin of an outage that has not ended with an accepted event. */
    private @Nullable Instant troubleSince;

    private long accepted;

    private record Setback(int count, long acceptedBefore) {}

    /** Verdict on one try. */
    enum TryVerdict {
        DONE,
        /** The failure is about the event. */
        REFUSED,
        /** The failure is about the endpoint: the event did nothing wrong. */
        POSTPONED
    }

    EndpointCircuit(
            @Nullable CircuitState state, DeliveryRules rules, RandomGenerator random, List<QueueNotice> notices) {
        this.state = state;
        this.rules = rules;
        this.random = random;
        this.notices = notices;
    }

    @Nullable
    CircuitState state() {
        return state;
    }

    boolean isDown() {
        return state != null;
    }

    /** Returns when the next probe is due. */
    Optional<Instant> nextTimeout() {
        return Optional.ofNullable(state).map(CircuitState::nextProbeAt);
    }

    /**
     * Judges a try.
     *
     * @param first event of the request
     * @param isProbe whether the request was sent to see if the endpoint is up again
     */
    TryVerdict judgeTry(FeedPosition first, DeliveryOutcome outcome, Instant now, boolean isProbe) {
        return switch (outcome.kind()) {
            case ACCEPTED -> {
                noteAccepted(first);
                yield TryVerdict.DONE;
            }
            case GONE -> {
                notices.add(new QueueNotice(NoticeKind.ENDPOINT_GONE, null));
                yield TryVerdict.POSTPONED;
            }
            case UNAVAILABLE -> {
                if (isFaultOfEvent(first)) {
                    yield judgeRefusal(first, outcome, now, isProbe);
                }
                noteOutage(DownCause.UNAVAILABLE, outcome.retryAfter(), now, isProbe);
                yield TryVerdict.POSTPONED;
            }
            case REFUSED, BROKEN -> judgeRefusal(first, outcome, now, isProbe);
        };
    }

    private void noteAccepted(FeedPosition first) {
        accepted++;
        refusedInRow.clear();
        setbacks.remove(first);
        troubleSince = null;
        state = null;
    }

    /** Counts the setbacks of an event between which others were accepted. */
    private boolean isFaultOfEvent(FeedPosition event) {
        Setback setback = setbacks.getOrDefault(event, new Setback(0, -1));
        if (setback.acceptedBefore() < accepted) {
            setback = new Setback(setback.count() + 1, accepted);
            setbacks.put(event, setback);
        }
        return setback.count() >= SETBACKS_TO_REFUSAL;
    }

    private TryVerdict judgeRefusal(FeedPosition event, DeliveryOutcome outcome, Instant now, boolean isProbe) {
        boolean isAnswered = outcome.kind() == DeliveryOutcome.OutcomeKind.REFUSED;
        if (state != null && (state.cause() == DownCause.REFUSALS || !isAnswered)) {
            noteOutage(state.cause(), outcome.retryAfter(), now, isProbe);
            return TryVerdict.POSTPONED;
        }
        if (state != null) {
            // It answers again. The outage goes on if it refuses the next events as well.
            troubleSince = state.downSince();
            state = null;
        }
        refusedInRow.add(event);
        if (refusedInRow.size() >= rules.refusalsToDown()) {
            noteOutage(DownCause.REFUSALS, outcome.retryAfter(), now, false);
        }
        return TryVerdict.REFUSED;
    }

    private void noteOutage(DownCause cause, Duration retryAfter, Instant now, boolean isProbe) {
        Duration named = min(retryAfter, rules.longestRetryAfter());
        if (state == null) {
            Instant since = troubleSince == null ? now : troubleSince;
            state = new CircuitState(cause, since, now.plus(max(withJitter(rules.firstProbe()), named)), 1);
            refusedInRow.clear();
            return;
        }
        if (!isProbe) {
            Instant next = now.plus(named);
            if (next.isAfter(state.nextProbeAt())) {
                state = new CircuitState(state.cause(), state.downSince(), next, state.failures());
            }
            return;
        }
        int failures = state.failures() + 1;
        Duration pause = min(rules.firstProbe().multipliedBy(1L << Math.min(failures - 1, 20)), rules.longestProbe());
        state = new CircuitState(state.cause(), state.downSince(), now.plus(max(withJitter(pause), named)), failures);
        if (!now.isBefore(state.downSince().plus(rules.disableAfter()))) {
            notices.add(new QueueNotice(NoticeKind.ENDPOINT_DISABLED, null));
        }
    }

    /** Returns the pause with a random part added. */
    Duration withJitter(Duration pause) {
        long longest = pause.toMillis() * rules.jitterPercent() / 100;
        return longest == 0 ? pause : pause.plusMillis(random.nextLong(longest + 1));
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
