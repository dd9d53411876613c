package org.voyage.feeds.delivery.queue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.delivery.queue.DeliveryRequest.RequestSource;
import org.voyage.feeds.delivery.queue.DeliveryWindow.EntryState;
import org.voyage.feeds.delivery.queue.DeliveryWindow.WindowEntry;
import org.voyage.feeds.delivery.queue.EndpointCircuit.TryVerdict;
import org.voyage.feeds.delivery.queue.QueueNotice.NoticeKind;
import org.voyage.feeds.feed.FeedPosition;

/**
 * Queue of the deliveries to one endpoint: decides what is sent when, and what an outcome means. It knows neither clock nor
 * network nor database, and is used by one thread.
 *
 * <p>At most one event of a record is under way. A refused event is held, and with it the later ones of its record; the
 * others go on. While the endpoint is down, one request at a time probes it, and no try counts.
 */
public final class DeliveryQueue {

    private static final int REPLAYS_IN_FLIGHT = 4;
    /** Estimate for a held event, whose size is not stored. */
    private static final int HELD_EVENT_BYTES = 16 * 1024;

    private final DeliveryRules rules;
    private final DeliveryWindow window;
    private final HeldEvents held;
    private final EndpointCircuit circuit;
    private final List<QueueNotice> notices = new ArrayList<>();
    private final Map<Long, DeliveryRequest> inFlight = new HashMap<>();
    private final Set<String> keysInFlight = new HashSet<>();
    private final TreeMap<FeedPosition, QueuedEvent> replays = new TreeMap<>();
    private final List<ReplayResult> replayResults = new ArrayList<>();
    private @Nullable PendingBatch batch;
    private @Nullable DeliveryRequest probe;
    private @Nullable FeedPosition lastProbed;
    private long requests;

    /** Result of one event of a replay. */
    public record ReplayResult(FeedPosition position, boolean isAccepted) {}

    public DeliveryQueue(DeliverySnapshot stored, DeliveryRules rules, RandomGenerator random) {
        this.rules = rules;
        this.window = new DeliveryWindow(stored.lowWater(), stored.doneAbove());
        this.held = new HeldEvents(stored.held());
        this.batch = stored.batch();
        this.circuit = new EndpointCircuit(stored.circuit(), rules, random, notices);
    }

    /** Returns the state to store. */
    public DeliverySnapshot snapshot() {
        return new DeliverySnapshot(window.lowWater(), window.passedAbove(), held.toList(), batch, circuit.state());
    }

    /** Returns how many more events the window takes. */
    public int room() {
        return Math.max(0, rules.window() - window.size());
    }

    /** Returns the position after which the next events are to be read. */
    public FeedPosition readAfter() {
        return window.last();
    }

    public FeedPosition lowWater() {
        return window.lowWater();
    }

    public boolean isDown() {
        return circuit.isDown();
    }

    public int inFlight() {
        return inFlight.size();
    }

    public int heldEvents() {
        return held.size();
    }

    /** Adds the next event of the log. The events between it and the last one have expired. */
    public void add(QueuedEvent event) {
        dissolveExpiredBatch(event.position());
        WindowEntry entry = window.add(event);
        if (batch != null && batch.events().contains(event.position())) {
            entry.setState(EntryState.BATCHED);
        }
        window.advance();
    }

    /** Lets the rest of a batch go otherwise: its first events have expired, so that it can never be sent as it was. */
    private void dissolveExpiredBatch(FeedPosition next) {
        PendingBatch pending = batch;
        if (pending != null
                && pending.events().stream().anyMatch(each -> each.compareTo(next) < 0 && !window.contains(each))) {
            pending.events().stream()
                    .filter(window::contains)
                    .forEach(each -> window.get(each).setState(EntryState.READY));
            batch = null;
        }
    }

    /** Adds an event that is to be sent again. */
    public void addReplay(QueuedEvent event) {
        replays.put(event.position(), event);
    }

    public int openReplays() {
        return replays.size();
    }

    /** Returns and forgets the results of replays since the last call. */
    public List<ReplayResult> takeReplayResults() {
        List<ReplayResult> taken = List.copyOf(replayResults);
        replayResults.clear();
        return taken;
    }

    /** Returns and forgets the notices since the last call. */
    public List<QueueNotice> takeNotices() {
        List<QueueNotice> taken = List.copyOf(notices);
        notices.clear();
        return taken;
    }

    /** Returns the requests that are to be sent now; each must be finished. */
    public List<DeliveryRequest> beginRequests(Instant now) {
        passHeldRecords();
        CircuitState down = circuit.state();
        if (down != null) {
            return inFlight.isEmpty() && !now.isBefore(down.nextProbeAt())
                    ? beginProbe().stream().toList()
                    : List.of();
        }
        List<DeliveryRequest> begun = new ArrayList<>();
        beginHeld(now, begun);
        composeBatch();
        if (isBatchDue(now)) {
            begun.add(beginBatch());
        }
        beginReplays(begun);
        beginSingles(begun);
        return begun;
    }

    /** Returns when something is to be done though nothing happens; empty if nothing waits for a time. */
    public Optional<Instant> nextTimeout() {
        if (circuit.isDown()) {
            return inFlight.isEmpty() ? circuit.nextTimeout() : Optional.empty();
        }
        return Stream.concat(
                        held.heads().stream()
                                .filter(each -> !keysInFlight.contains(each.orderKey()))
                                .map(HeldEvent::nextTryAt),
                        Stream.ofNullable(batch).map(PendingBatch::nextTryAt))
                .filter(Objects::nonNull)
                .min(Instant::compareTo);
    }

    /** Returns when a request that failed is tried again, if its time is set. */
    public Optional<Instant> nextTryAt(DeliveryRequest failed) {
        CircuitState down = circuit.state();
        if (down != null) {
            return Optional.of(down.nextProbeAt());
        }
        if (failed.isBatch()) {
            return Optional.ofNullable(batch).map(PendingBatch::nextTryAt);
        }
        return held.find(failed.orderKeys().iterator().next(), failed.events().getFirst())
                .map(HeldEvent::nextTryAt);
    }

    /** Takes the outcome of a request. */
    public void finish(DeliveryRequest request, DeliveryOutcome outcome, Instant now) {
        if (inFlight.remove(request.number()) == null) {
            throw new IllegalArgumentException("this request is not under way");
        }
        keysInFlight.removeAll(request.orderKeys());
        boolean isProbe = probe != null && probe.number() == request.number();
        if (isProbe) {
            probe = null;
        }
        TryVerdict verdict = circuit.judgeTry(request.events().getFirst(), outcome, now, isProbe);
        switch (request.source()) {
            case WINDOW -> finishSingle(request, verdict, outcome, now);
            case BATCH -> finishBatch(verdict, outcome, now);
            case HELD -> finishHeld(request, verdict, outcome, now);
            case REPLAY -> finishReplay(request.events().getFirst(), verdict);
        }
        window.advance();
    }

    private void finishSingle(DeliveryRequest request, TryVerdict verdict, DeliveryOutcome outcome, Instant now) {
        WindowEntry entry = window.get(request.events().getFirst());
        switch (verdict) {
            case DONE -> entry.setState(EntryState.PASSED);
            case POSTPONED -> entry.setState(EntryState.READY);
            case REFUSED -> {
                entry.setState(EntryState.PASSED);
                hold(entry.event().position(), entry.event().orderKey(), 1, outcome, now);
            }
        }
    }

    private void finishHeld(DeliveryRequest request, TryVerdict verdict, DeliveryOutcome outcome, Instant now) {
        HeldEvent event = held.find(
                        request.orderKeys().iterator().next(), request.events().getFirst())
                .orElseThrow();
        switch (verdict) {
            case DONE -> held.remove(event);
            // Its refusals stay; its time moves, so that the next probe takes another one.
            case POSTPONED ->
                held.put(new HeldEvent(
                        event.position(),
                        event.orderKey(),
                        event.refusals(),
                        nextTry(Math.max(1, event.refusals()), outcome, now)));
            case REFUSED -> {
                held.remove(event);
                hold(event.position(), event.orderKey(), event.refusals() + 1, outcome, now);
            }
        }
    }

    private void hold(FeedPosition position, String key, int refusals, DeliveryOutcome outcome, Instant now) {
        if (refusals >= rules.maxTries()) {
            notices.add(new QueueNotice(NoticeKind.EVENT_SET_ASIDE, position));
            return;
        }
        held.put(new HeldEvent(position, key, refusals, nextTry(refusals, outcome, now)));
    }

    private Instant nextTry(int refusals, DeliveryOutcome outcome, Instant now) {
        Instant planned = now.plus(circuit.withJitter(rules.retryPauses().get(refusals - 1)));
        Instant named = now.plus(
                outcome.retryAfter().compareTo(rules.longestRetryAfter()) > 0
                        ? rules.longestRetryAfter()
                        : outcome.retryAfter());
        return named.isAfter(planned) ? named : planned;
    }

    /** A refused batch is sent again as it is; then its events go alone. */
    private void finishBatch(TryVerdict verdict, DeliveryOutcome outcome, Instant now) {
        PendingBatch sent = Objects.requireNonNull(batch);
        switch (verdict) {
            case DONE -> {
                sent.events().forEach(each -> window.get(each).setState(EntryState.PASSED));
                batch = null;
            }
            case POSTPONED -> {}
            case REFUSED -> {
                if (sent.refusals() == 0) {
                    batch = new PendingBatch(sent.events(), 1, nextTry(1, outcome, now));
                    return;
                }
                sent.events().forEach(each -> {
                    window.get(each).setState(EntryState.READY);
                    window.get(each).setAlone();
                });
                batch = null;
            }
        }
    }

    private void finishReplay(FeedPosition position, TryVerdict verdict) {
        if (verdict != TryVerdict.POSTPONED) {
            replays.remove(position);
            replayResults.add(new ReplayResult(position, verdict == TryVerdict.DONE));
        }
    }

    /** Moves the events of held records out of the window, in order, so that the window moves on. */
    private void passHeldRecords() {
        if (held.size() == 0) {
            return;
        }
        Set<String> stopped = new HashSet<>();
        for (WindowEntry entry : window.entries()) {
            String key = entry.event().orderKey();
            if (entry.state() == EntryState.READY && held.holds(key) && !stopped.contains(key)) {
                if (held.size() >= rules.held()) {
                    stopped.add(key);
                } else {
                    held.put(new HeldEvent(entry.event().position(), key, 0, null));
                    entry.setState(EntryState.PASSED);
                }
            } else if (entry.state() != EntryState.PASSED) {
                stopped.add(key);
            }
        }
        window.advance();
    }

    private void beginHeld(Instant now, List<DeliveryRequest> begun) {
        for (HeldEvent head : held.heads()) {
            if (hasSlot() && HeldEvents.isDue(head.nextTryAt(), now) && !keysInFlight.contains(head.orderKey())) {
                begun.add(beginHeld(head));
            }
        }
    }

    private DeliveryRequest beginHeld(HeldEvent head) {
        return begin(RequestSource.HELD, List.of(head.position()), Set.of(head.orderKey()), false, HELD_EVENT_BYTES);
    }

    private void composeBatch() {
        if (batch != null || !rules.isBatchAllowed()) {
            return;
        }
        List<WindowEntry> batchable = window.findBatchable();
        batchable.removeIf(each -> held.holds(each.event().orderKey()));
        if (batchable.size() <= rules.batchThreshold()) {
            return;
        }
        List<FeedPosition> events = new ArrayList<>();
        long bytes = 0;
        int epoch = batchable.getFirst().event().position().epoch();
        for (WindowEntry each : batchable) {
            bytes += each.event().bytes() + 1;
            if (events.size() == rules.batchEvents()
                    || bytes >= rules.batchBytes()
                    || each.event().position().epoch() != epoch) {
                break;
            }
            events.add(each.event().position());
        }
        if (events.size() > 1) {
            events.forEach(each -> window.get(each).setState(EntryState.BATCHED));
            batch = new PendingBatch(List.copyOf(events), 0, null);
        }
    }

    private boolean isBatchDue(Instant now) {
        return batch != null
                && hasSlot()
                && HeldEvents.isDue(batch.nextTryAt(), now)
                && isBatchReady(batch)
                && inFlight.values().stream().noneMatch(DeliveryRequest::isBatch);
    }

    private boolean isBatchReady(PendingBatch pending) {
        return pending.events().stream()
                .allMatch(each -> window.contains(each)
                        && !keysInFlight.contains(window.get(each).event().orderKey()));
    }

    private DeliveryRequest beginBatch() {
        PendingBatch pending = Objects.requireNonNull(batch);
        Set<String> keys = new HashSet<>();
        long bytes = 0;
        for (FeedPosition each : pending.events()) {
            QueuedEvent event = window.get(each).event();
            keys.add(event.orderKey());
            bytes += event.bytes();
        }
        return begin(RequestSource.BATCH, pending.events(), keys, pending.refusals() == 0, bytes);
    }

    private void beginReplays(List<DeliveryRequest> begun) {
        if (replays.isEmpty()) {
            return;
        }
        long running = inFlight.values().stream()
                .filter(each -> each.source() == RequestSource.REPLAY)
                .count();
        Set<FeedPosition> underWay = new HashSet<>();
        inFlight.values().forEach(each -> underWay.addAll(each.events()));
        for (QueuedEvent event : replays.values()) {
            if (running >= REPLAYS_IN_FLIGHT || !hasSlot()) {
                return;
            }
            if (!underWay.contains(event.position()) && !keysInFlight.contains(event.orderKey())) {
                begun.add(beginReplay(event));
                running++;
            }
        }
    }

    private DeliveryRequest beginReplay(QueuedEvent event) {
        return begin(RequestSource.REPLAY, List.of(event.position()), Set.of(event.orderKey()), false, event.bytes());
    }

    private void beginSingles(List<DeliveryRequest> begun) {
        boolean awaitsBatch = inFlight.values().stream().anyMatch(DeliveryRequest::isBatch);
        if (awaitsBatch && window.findBatchable().size() > rules.batchThreshold()) {
            return;
        }
        int slots = rules.inFlight() - inFlight.size();
        if (slots > 0) {
            window.findReady(slots, this::isFree).forEach(entry -> begun.add(beginSingle(entry)));
        }
    }

    private boolean isFree(String key) {
        return !keysInFlight.contains(key) && !held.holds(key);
    }

    private DeliveryRequest beginSingle(WindowEntry entry) {
        entry.setState(EntryState.IN_FLIGHT);
        return begin(
                RequestSource.WINDOW,
                List.of(entry.event().position()),
                Set.of(entry.event().orderKey()),
                false,
                entry.event().bytes());
    }

    /** Begins one request; each time with the next event, so that no single one keeps the endpoint down. */
    private Optional<DeliveryRequest> beginProbe() {
        List<WindowEntry> ready = window.findReady(Integer.MAX_VALUE, this::isFree);
        if (!ready.isEmpty()) {
            WindowEntry next = ready.stream()
                    .filter(each ->
                            lastProbed == null || each.event().position().compareTo(lastProbed) > 0)
                    .findFirst()
                    .orElse(ready.getFirst());
            lastProbed = next.event().position();
            probe = beginSingle(next);
        } else if (batch != null && isBatchReady(batch)) {
            probe = beginBatch();
        } else if (held.size() > 0) {
            probe = beginHeld(held.findEarliestHead().orElseThrow());
        } else if (!replays.isEmpty()) {
            probe = beginReplay(replays.firstEntry().getValue());
        }
        return Optional.ofNullable(probe);
    }

    private boolean hasSlot() {
        return inFlight.size() < rules.inFlight();
    }

    private DeliveryRequest begin(
            RequestSource source, List<FeedPosition> events, Set<String> keys, boolean isFirstTry, long bytes) {
        DeliveryRequest request = new DeliveryRequest(++requests, source, events, keys, isFirstTry, bytes);
        inFlight.put(request.number(), request);
        keysInFlight.addAll(keys);
        return request;
    }
}
