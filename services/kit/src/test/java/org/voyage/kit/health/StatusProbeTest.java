package org.voyage.kit.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StatusProbeTest {

    @Test
    void a_thousand_callers_share_few_computations_and_each_gets_one_that_began_after_its_question() throws Exception {
        var computations = new AtomicInteger();
        try (var probe = new StatusProbe<>("test", computations::incrementAndGet, null)) {
            probe.start();
            var answers = Stream.generate(probe::requestStatus).limit(1_000).toList();
            CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).get(10, TimeUnit.SECONDS);
            assertThat(computations.get()).isLessThan(100);
            int before = computations.get();
            assertThat(probe.requestStatus().get(10, TimeUnit.SECONDS)).isGreaterThan(before);
        }
    }

    @Test
    void a_computation_that_hangs_leaves_callers_with_a_status_only_while_it_is_new() throws Exception {
        var hang = new CountDownLatch(1);
        var computations = new AtomicInteger();
        try (var probe = new StatusProbe<>("test", () -> compute(computations, hang), null)) {
            probe.start();
            assertThat(probe.requestStatus().get(10, TimeUnit.SECONDS)).isEqualTo(1);
            var stuck = probe.requestStatus();
            await().untilAsserted(() -> assertThat(computations).hasValue(2));
            assertThat(stuck).isNotDone();
            assertThat(probe.newestWithin(Duration.ofMinutes(1))).contains(1);
            assertThat(probe.newestWithin(Duration.ZERO)).isEmpty();
            hang.countDown();
            assertThat(stuck.get(10, TimeUnit.SECONDS)).isEqualTo(2);
        }
    }

    @Test
    void an_error_reaches_the_caller_and_does_not_end_the_thread() throws Exception {
        var computations = new AtomicInteger();
        try (var probe = new StatusProbe<>("test", () -> failFirst(computations), Duration.ofMinutes(1))) {
            var first = probe.requestStatus();
            probe.start();
            assertThatThrownBy(() -> first.get(10, TimeUnit.SECONDS)).hasRootCauseInstanceOf(StackOverflowError.class);
            assertThat(probe.requestStatus().get(10, TimeUnit.SECONDS)).isEqualTo(2);
        }
    }

    private static int compute(AtomicInteger computations, CountDownLatch hang) {
        int number = computations.incrementAndGet();
        if (number == 2) {
            awaitLatch(hang);
        }
        return number;
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int failFirst(AtomicInteger computations) {
        int number = computations.incrementAndGet();
        if (number == 1) {
            throw new StackOverflowError("test");
        }
        return number;
    }
}
