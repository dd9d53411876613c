package org.voyage.feeds.delivery.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.voyage.feeds.delivery.queue.DeliveryOutcome.OutcomeKind;
import org.voyage.feeds.delivery.queue.QueueNotice.NoticeKind;
import org.voyage.feeds.feed.FeedPosition;
import org.voyage.kittest.FeedTrap;
import org.voyage.kittest.TrapTest;

class DeliveryQueueTest {

    private static final int SEEDS = Integer.getInteger("voyage.delivery.seeds", 2000);
    private static final Duration LONG = Duration.ofDays(60);
    private static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(14),
            Duration.ofHours(20),
            Duration.ofHours(24));
    private static final Duration ALL_PAUSES = PAUSES.stream().reduce(Duration.ZERO, Duration::plus);

    @Test
    void of_each_seed_nothing_is_missing_and_each_record_is_in_order() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            boolean batch = random.nextBoolean();
            List<QueuedEvent> log = log(20 + random.nextInt(200), 1 + random.nextInt(30), random);
            Set<FeedPosition> poison = pick(log, random.nextInt(4), random);
            List<Outage> outages = outages(random);
            Random chance = new Random(seed + 1);
            ReceiverSimulation run = new ReceiverSimulation(
                    seed,
                    rules(batch, random.nextBoolean() ? 1000 : 3),
                    log,
                    random.nextInt(3) == 0 ? 0 : 0.02,
                    (request, now) -> {
                        for (Outage outage : outages) {
                            if (outage.covers(now)) {
                                return outage.kind();
                            }
                        }
                        return request.events().stream().anyMatch(poison::contains)
                                ? OutcomeKind.REFUSED
                                : chance.nextInt(40) == 0 ? OutcomeKind.BROKEN : OutcomeKind.ACCEPTED;
                    });
            run.runFor(LONG);

            String of = "seed " + seed;
            assertThat(run.isFinished()).as(of).isTrue();
            Set<FeedPosition> arrived = new HashSet<>(run.received);
            assertThat(log)
                    .as(of)
                    .allMatch(each -> arrived.contains(each.position()) || run.setAside.contains(each.position()));
            assertThat(poison).as(of).containsAll(run.setAside);
            requireOrder(of, log, run.received);
        }
    }

    @TrapTest(FeedTrap.LOW_WATER_OVER_SKIPPED)
    @Test
    void the_low_water_mark_passes_no_unfinished_event_and_all_skipped_ones() {
        List<QueuedEvent> log = log(1000, 1000, new Random(1));
        DeliveryQueue queue =
                new DeliveryQueue(DeliverySnapshot.startAfter(new FeedPosition(1, 0)), rules(false), new Random(1));
        log.subList(0, 16).forEach(queue::add);
        List<DeliveryRequest> begun = queue.beginRequests(ReceiverSimulation.START);
        // All but the first are accepted.
        begun.subList(1, 16)
                .forEach(
                        each -> queue.finish(each, DeliveryOutcome.of(OutcomeKind.ACCEPTED), ReceiverSimulation.START));
        assertThat(queue.lowWater()).isEqualTo(new FeedPosition(1, 0));
        assertThat(queue.snapshot().doneAbove()).hasSize(15);

        // The first is refused: it is held, and the mark goes on.
        queue.finish(begun.getFirst(), DeliveryOutcome.of(OutcomeKind.REFUSED), ReceiverSimulation.START);
        assertThat(queue.lowWater()).isEqualTo(new FeedPosition(1, 16));
        assertThat(queue.snapshot().doneAbove()).isEmpty();
        assertThat(queue.snapshot().held())
                .singleElement()
                .satisfies(held -> assertThat(held.position()).isEqualTo(new FeedPosition(1, 1)));
    }

    @Test
    void a_refused_event_holds_its_record_only_and_is_set_aside_after_12_tries_over_75_hours() {
        List<QueuedEvent> log = log(5000, 50, new Random(2));
        QueuedEvent poison = log.get(10);
        ReceiverSimulation run = new ReceiverSimulation(
                2,
                rules(false),
                log,
                0,
                (request, now) ->
                        request.events().contains(poison.position()) ? OutcomeKind.REFUSED : OutcomeKind.ACCEPTED);
        run.runFor(Duration.ofMinutes(30));

        long ofRecord = log.stream()
                .filter(each -> each.orderKey().equals(poison.orderKey()))
                .filter(each -> each.position().compareTo(poison.position()) >= 0)
                .count();
        assertThat(run.received).hasSize((int) (log.size() - ofRecord));
        run.runFor(LONG);

        assertThat(run.setAside).containsExactly(poison.position());
        assertThat(run.received).hasSize(log.size() - 1);
        List<Instant> tries = run.singleTries.getOrDefault(poison.position(), List.of());
        assertThat(tries).hasSize(12);
        assertThat(Duration.between(tries.getFirst(), tries.getLast()))
                .isBetween(ALL_PAUSES, ALL_PAUSES.multipliedBy(11).dividedBy(10).plusMinutes(1));
        assertThat(ALL_PAUSES).isGreaterThan(Duration.ofHours(75).plusMinutes(35));
        assertThat(run.notices).containsExactly(NoticeKind.EVENT_SET_ASIDE);
        requireOrder("poison", log, run.received);
    }

    @TrapTest(FeedTrap.TRIES_DURING_OUTAGE)
    @Test
    void an_outage_of_4_days_sets_nothing_aside_whatever_the_endpoint_answers() {
        for (OutcomeKind kind : List.of(OutcomeKind.UNAVAILABLE, OutcomeKind.REFUSED, OutcomeKind.BROKEN)) {
            List<QueuedEvent> log = log(400, 40, new Random(3));
            Instant end = ReceiverSimulation.START.plus(Duration.ofDays(4));
            ReceiverSimulation run = new ReceiverSimulation(
                    3, rules(true), log, 0, (request, now) -> now.isBefore(end) ? kind : OutcomeKind.ACCEPTED);
            run.runFor(LONG);

            assertThat(run.setAside).as("%s", kind).isEmpty();
            assertThat(new HashSet<>(run.received)).as("%s", kind).hasSize(log.size());
            assertThat(run.notices).as("%s", kind).isEmpty();
            requireOrder(kind.name(), log, run.received);
        }
    }

    @Test
    void an_endpoint_that_is_down_for_5_days_is_disabled_and_catches_up_when_it_is_enabled() {
        List<QueuedEvent> log = log(300, 20, new Random(4));
        Instant end = ReceiverSimulation.START.plus(Duration.ofDays(5)).plusSeconds(3600);
        ReceiverSimulation run = new ReceiverSimulation(
                4,
                rules(true),
                log,
                0,
                (request, now) -> now.isBefore(end) ? OutcomeKind.UNAVAILABLE : OutcomeKind.ACCEPTED);
        run.runFor(LONG);

        assertThat(run.notices).startsWith(NoticeKind.ENDPOINT_DISABLED);
        assertThat(new HashSet<>(run.received)).hasSize(log.size());
        assertThat(run.setAside).isEmpty();
    }

    @TrapTest(FeedTrap.POISON_IN_BATCH)
    @Test
    void a_refused_batch_is_sent_again_as_it_was_and_then_event_by_event() {
        List<QueuedEvent> log = log(150, 150, new Random(5));
        FeedPosition poison = log.get(20).position();
        ReceiverSimulation run = new ReceiverSimulation(
                5,
                rules(true),
                log,
                0,
                (request, now) -> request.events().contains(poison) ? OutcomeKind.REFUSED : OutcomeKind.ACCEPTED);
        run.runFor(LONG);

        List<FeedPosition> composition = run.batchTries.keySet().stream()
                .filter(each -> each.contains(poison))
                .findFirst()
                .orElseThrow();
        assertThat(run.batchTries).containsEntry(composition, 2);
        assertThat(run.batchTries.keySet().stream().filter(each -> each.contains(poison)))
                .hasSize(1);
        assertThat(run.setAside).containsExactly(poison);
        assertThat(run.received).hasSize(log.size() - 1).doesNotHaveDuplicates();
    }

    @Test
    void after_a_crash_a_batch_has_the_same_composition_and_what_was_noted_is_not_sent_again() {
        List<QueuedEvent> log = log(200, 200, new Random(9));
        DeliveryQueue queue =
                new DeliveryQueue(DeliverySnapshot.startAfter(new FeedPosition(1, 0)), rules(true), new Random(1));
        log.subList(0, 30).forEach(queue::add);
        List<DeliveryRequest> singles = queue.beginRequests(ReceiverSimulation.START);
        singles.subList(5, 16)
                .forEach(
                        each -> queue.finish(each, DeliveryOutcome.of(OutcomeKind.ACCEPTED), ReceiverSimulation.START));
        log.subList(30, 150).forEach(queue::add);
        DeliveryRequest batch = queue.beginRequests(ReceiverSimulation.START).stream()
                .filter(DeliveryRequest::isBatch)
                .findFirst()
                .orElseThrow();

        DeliveryQueue restored = new DeliveryQueue(queue.snapshot(), rules(true), new Random(1));
        log.forEach(restored::add);
        List<DeliveryRequest> begun = restored.beginRequests(ReceiverSimulation.START);
        assertThat(begun.stream().filter(DeliveryRequest::isBatch).map(DeliveryRequest::events))
                .containsExactly(batch.events());
        assertThat(begun.stream().flatMap(each -> each.events().stream()))
                .doesNotContainAnyElementsOf(singles.subList(5, 16).stream()
                        .flatMap(each -> each.events().stream())
                        .toList());
    }

    @Test
    void a_stored_batch_whose_first_events_have_expired_is_dissolved_and_the_rest_arrives() {
        for (int expired : List.of(1, 40, 120)) {
            List<QueuedEvent> log = log(300, 300, new Random(10));
            DeliveryQueue queue =
                    new DeliveryQueue(DeliverySnapshot.startAfter(new FeedPosition(1, 0)), rules(true), new Random(1));
            log.subList(0, 150).forEach(queue::add);
            assertThat(queue.beginRequests(ReceiverSimulation.START)).anyMatch(DeliveryRequest::isBatch);

            DeliveryQueue restored = new DeliveryQueue(queue.snapshot(), rules(true), new Random(1));
            List<QueuedEvent> kept = log.subList(expired, log.size());
            kept.stream().limit(restored.room()).forEach(restored::add);
            Set<FeedPosition> sent = new HashSet<>();
            for (List<DeliveryRequest> begun = restored.beginRequests(ReceiverSimulation.START);
                    !begun.isEmpty();
                    begun = restored.beginRequests(ReceiverSimulation.START)) {
                begun.forEach(each -> {
                    sent.addAll(each.events());
                    restored.finish(each, DeliveryOutcome.of(OutcomeKind.ACCEPTED), ReceiverSimulation.START);
                });
                kept.stream()
                        .filter(each -> each.position().compareTo(restored.readAfter()) > 0)
                        .limit(restored.room())
                        .forEach(restored::add);
            }

            assertThat(sent)
                    .as("%d expired", expired)
                    .isEqualTo(new HashSet<>(
                            kept.stream().map(QueuedEvent::position).toList()));
            assertThat(restored.lowWater()).isEqualTo(log.getLast().position());
            assertThat(restored.snapshot().batch()).isNull();
        }
    }

    @Test
    void an_event_that_alone_makes_the_endpoint_answer_503_is_held_in_the_end() {
        List<QueuedEvent> log = log(200, 200, new Random(6));
        FeedPosition poison = log.get(5).position();
        ReceiverSimulation run = new ReceiverSimulation(
                6,
                rules(false),
                log,
                0,
                (request, now) -> request.events().contains(poison) ? OutcomeKind.UNAVAILABLE : OutcomeKind.ACCEPTED);
        run.runFor(Duration.ofMinutes(10));

        assertThat(run.received).hasSize(log.size() - 1);
        assertThat(run.queue().isDown()).isFalse();
    }

    @Test
    void nothing_overtakes_a_reset() {
        List<QueuedEvent> log = new ArrayList<>(log(30, 30, new Random(7)));
        log.add(new QueuedEvent(new FeedPosition(2, 1), "reset", true, 100));
        for (int i = 2; i < 30; i++) {
            log.add(new QueuedEvent(new FeedPosition(2, i), "r" + i, false, 100));
        }
        ReceiverSimulation run = new ReceiverSimulation(7, rules(true), log, 0, (request, now) -> OutcomeKind.ACCEPTED);
        run.runFor(LONG);

        int reset = run.received.indexOf(new FeedPosition(2, 1));
        assertThat(run.received.subList(0, reset))
                .allMatch(each -> each.epoch() == 1)
                .hasSize(30);
        assertThat(run.received.subList(reset + 1, run.received.size())).allMatch(each -> each.epoch() == 2);
    }

    @Test
    void a_named_pause_is_honoured_up_to_24_hours() {
        DeliveryQueue queue =
                new DeliveryQueue(DeliverySnapshot.startAfter(new FeedPosition(1, 0)), rules(false), new Random(1));
        log(1, 1, new Random(8)).forEach(queue::add);
        Instant now = ReceiverSimulation.START;
        queue.finish(
                queue.beginRequests(now).getFirst(),
                new DeliveryOutcome(OutcomeKind.UNAVAILABLE, Duration.ofDays(20)),
                now);

        assertThat(queue.snapshot().circuit())
                .extracting(CircuitState::nextProbeAt)
                .isEqualTo(now.plus(Duration.ofHours(24)));
    }

    @Test
    void a_replay_waits_for_its_record_and_is_not_tried_again_when_refused() {
        DeliveryQueue queue =
                new DeliveryQueue(DeliverySnapshot.startAfter(new FeedPosition(1, 5)), rules(false), new Random(1));
        queue.add(new QueuedEvent(new FeedPosition(1, 6), "a", false, 10));
        List<DeliveryRequest> begun = queue.beginRequests(ReceiverSimulation.START);
        queue.addReplay(new QueuedEvent(new FeedPosition(1, 2), "a", false, 10));
        assertThat(queue.beginRequests(ReceiverSimulation.START)).isEmpty();
        queue.finish(begun.getFirst(), DeliveryOutcome.of(OutcomeKind.ACCEPTED), ReceiverSimulation.START);

        DeliveryRequest replay = queue.beginRequests(ReceiverSimulation.START).getFirst();
        queue.finish(replay, DeliveryOutcome.of(OutcomeKind.REFUSED), ReceiverSimulation.START);
        assertThat(queue.takeReplayResults())
                .containsExactly(new DeliveryQueue.ReplayResult(new FeedPosition(1, 2), false));
        assertThat(queue.openReplays()).isZero();
        assertThat(queue.heldEvents()).isZero();
    }

    private static DeliveryRules rules(boolean batch) {
        return rules(batch, 1000);
    }

    private static DeliveryRules rules(boolean batch, int held) {
        return new DeliveryRules(
                256,
                16,
                held,
                batch,
                64,
                100,
                512 * 1024,
                PAUSES,
                10,
                10,
                Duration.ofSeconds(5),
                Duration.ofMinutes(15),
                Duration.ofHours(24),
                Duration.ofDays(5));
    }

    private static List<QueuedEvent> log(int events, int records, Random random) {
        List<QueuedEvent> log = new ArrayList<>();
        for (int i = 1; i <= events; i++) {
            log.add(new QueuedEvent(
                    new FeedPosition(1, i),
                    "r" + (records == events ? i : random.nextInt(records)),
                    false,
                    500 + random.nextInt(20_000)));
        }
        return log;
    }

    private static Set<FeedPosition> pick(List<QueuedEvent> log, int count, Random random) {
        Set<FeedPosition> picked = new HashSet<>();
        for (int i = 0; i < count; i++) {
            picked.add(log.get(random.nextInt(log.size())).position());
        }
        return picked;
    }

    private record Outage(Instant from, Instant until, OutcomeKind kind) {
        boolean covers(Instant now) {
            return !now.isBefore(from) && now.isBefore(until);
        }
    }

    private static List<Outage> outages(Random random) {
        List<Outage> outages = new ArrayList<>();
        OutcomeKind[] kinds = {OutcomeKind.UNAVAILABLE, OutcomeKind.REFUSED, OutcomeKind.BROKEN};
        for (int i = random.nextInt(3); i > 0; i--) {
            Instant from = ReceiverSimulation.START.plusMillis(random.nextInt(3000));
            outages.add(new Outage(
                    from,
                    from.plusMillis(random.nextInt(random.nextBoolean() ? 20_000 : 100_000_000)),
                    kinds[random.nextInt(kinds.length)]));
        }
        return outages;
    }

    private static void requireOrder(String of, List<QueuedEvent> log, List<FeedPosition> received) {
        Map<FeedPosition, String> keys = new HashMap<>();
        log.forEach(each -> keys.put(each.position(), each.orderKey()));
        Map<String, FeedPosition> last = new HashMap<>();
        Set<FeedPosition> seen = new HashSet<>();
        for (FeedPosition each : received) {
            if (seen.add(each)) {
                FeedPosition before = last.put(keys.get(each), each);
                assertThat(before == null || before.compareTo(each) < 0)
                        .as("%s: %s after %s", of, each, before)
                        .isTrue();
            }
        }
    }
}
