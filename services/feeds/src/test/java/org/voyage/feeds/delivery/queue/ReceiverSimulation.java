package org.voyage.feeds.delivery.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.delivery.queue.DeliveryOutcome.OutcomeKind;
import org.voyage.feeds.delivery.queue.QueueNotice.NoticeKind;
import org.voyage.feeds.feed.FeedPosition;

/** Deliveries of one queue to a receiver that fails, on a clock of its own and with crashes of the deliverer. */
final class ReceiverSimulation {

    static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final Duration NOTE_EVERY = Duration.ofMillis(250);

    private final Random random;
    private final DeliveryRules rules;
    private final List<QueuedEvent> log;
    /** What the receiver does with a request at a moment. */
    private final BiFunction<DeliveryRequest, Instant, OutcomeKind> receiver;

    final double crashRate;
    final List<FeedPosition> received = new ArrayList<>();
    final Set<FeedPosition> setAside = new HashSet<>();
    final Map<FeedPosition, List<Instant>> singleTries = new HashMap<>();
    final Map<List<FeedPosition>, Integer> batchTries = new LinkedHashMap<>();
    final List<NoticeKind> notices = new ArrayList<>();
    int crashes;
    Instant now = START;

    private final Map<FeedPosition, Integer> indexAfter = new HashMap<>();

    private DeliveryQueue queue;
    private DeliverySnapshot stored;
    private Instant storedAt = START;
    private final PriorityQueue<Completion> completions =
            new PriorityQueue<>(java.util.Comparator.comparing(Completion::at));

    private record Completion(Instant at, DeliveryRequest request, OutcomeKind outcome) {}

    ReceiverSimulation(
            long seed,
            DeliveryRules rules,
            List<QueuedEvent> log,
            double crashRate,
            BiFunction<DeliveryRequest, Instant, OutcomeKind> receiver) {
        this.random = new Random(seed);
        this.rules = rules;
        this.log = log;
        this.crashRate = crashRate;
        this.receiver = receiver;
        for (int i = 0; i < log.size(); i++) {
            indexAfter.put(log.get(i).position(), i + 1);
        }
        this.stored = DeliverySnapshot.startAfter(new FeedPosition(1, 0));
        this.queue = new DeliveryQueue(stored, rules, random);
    }

    /** Runs until every event is done, or the time is over. */
    void runFor(Duration longest) {
        while (now.isBefore(START.plus(longest)) && !isFinished()) {
            step();
        }
    }

    boolean isFinished() {
        return completions.isEmpty() && queue.lowWater().equals(log.getLast().position()) && queue.heldEvents() == 0;
    }

    DeliveryQueue queue() {
        return queue;
    }

    private void step() {
        fill();
        List<DeliveryRequest> begun = queue.beginRequests(now);
        if (begun.stream().anyMatch(each -> each.isBatch() && each.isFirstTry())
                || storedAt.plus(NOTE_EVERY).isBefore(now)) {
            store();
        }
        begun.forEach(this::send);
        if (random.nextDouble() < crashRate) {
            crash();
            return;
        }
        @Nullable Completion next = completions.poll();
        @Nullable Instant timeout = queue.nextTimeout().orElse(null);
        if (next != null && (timeout == null || !timeout.isBefore(next.at()) || !timeout.isAfter(now))) {
            now = next.at();
            queue.finish(next.request(), DeliveryOutcome.of(next.outcome()), now);
        } else if (timeout != null) {
            if (next != null) {
                completions.add(next);
            }
            now = timeout.isAfter(now) ? timeout : now.plusMillis(20);
        }
        takeNotices();
    }

    private void fill() {
        for (int next = indexAfter.getOrDefault(queue.readAfter(), 0); next < log.size() && queue.room() > 0; next++) {
            queue.add(log.get(next));
        }
    }

    private void send(DeliveryRequest request) {
        OutcomeKind outcome = receiver.apply(request, now);
        if (request.isBatch()) {
            batchTries.merge(request.events(), 1, Integer::sum);
        } else {
            singleTries
                    .computeIfAbsent(request.events().getFirst(), each -> new ArrayList<>())
                    .add(now);
        }
        if (outcome == OutcomeKind.ACCEPTED) {
            received.addAll(request.events());
        }
        completions.add(new Completion(now.plusMillis(1 + random.nextInt(40)), request, outcome));
    }

    private void takeNotices() {
        for (QueueNotice notice : queue.takeNotices()) {
            notices.add(notice.kind());
            if (notice.kind() == NoticeKind.EVENT_SET_ASIDE) {
                setAside.add(Objects.requireNonNull(notice.position()));
                store();
            }
            if (notice.kind() == NoticeKind.ENDPOINT_DISABLED) {
                store();
                enableAgain();
            }
        }
    }

    /** Goes on after a passed challenge. */
    private void enableAgain() {
        completions.clear();
        stored = new DeliverySnapshot(stored.lowWater(), stored.doneAbove(), stored.held(), stored.batch(), null);
        queue = new DeliveryQueue(stored, rules, random);
    }

    private void store() {
        stored = queue.snapshot();
        storedAt = now;
    }

    private void crash() {
        crashes++;
        completions.clear();
        queue = new DeliveryQueue(stored, rules, random);
    }
}
