package org.voyage.feeds.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SharedReadsTest {

    private static final int CALLERS = 50;

    private final SharedReads<String, Integer> reads = new SharedReads<>();
    private final AtomicInteger count = new AtomicInteger();
    private final Queue<Object> results = new ConcurrentLinkedQueue<>();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    private Thread startRead(SharedRead read) {
        return Thread.ofVirtual().start(() -> {
            try {
                results.add(reads.read("key", read::run));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                results.add(String.valueOf(e.getMessage()));
            }
        });
    }

    private interface SharedRead {
        Integer run() throws InterruptedException;
    }

    private int readWhenReleased() throws InterruptedException {
        begun.countDown();
        released.await();
        return count.incrementAndGet();
    }

    private void startCallersDuringRead(SharedRead first, SharedRead later) throws InterruptedException {
        List<Thread> threads = new ArrayList<>(List.of(startRead(first)));
        begun.await();
        for (int i = 0; i < CALLERS; i++) {
            threads.add(startRead(later));
        }
        await().until(() -> threads.stream().allMatch(each -> each.getState() == Thread.State.WAITING));
        released.countDown();
        for (Thread each : threads) {
            each.join();
        }
    }

    @Test
    void callers_during_a_read_share_a_later_one() throws InterruptedException {
        startCallersDuringRead(this::readWhenReleased, count::incrementAndGet);

        assertThat(count).hasValue(2);
        assertThat(results).hasSize(CALLERS + 1).containsOnlyOnce(1).containsOnly(1, 2);
        assertThat(reads.read("key", count::incrementAndGet)).isEqualTo(3);
    }

    @Test
    void a_failure_is_that_of_its_callers_only() throws InterruptedException {
        startCallersDuringRead(
                () -> {
                    readWhenReleased();
                    throw new IllegalStateException("failed");
                },
                count::incrementAndGet);

        assertThat(results).hasSize(CALLERS + 1).containsOnlyOnce("failed").containsOnly("failed", 2);
        assertThatThrownBy(() -> reads.read("key", () -> {
                    throw new IllegalArgumentException("again");
                }))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(reads.read("key", count::incrementAndGet)).isEqualTo(3);
    }
}
