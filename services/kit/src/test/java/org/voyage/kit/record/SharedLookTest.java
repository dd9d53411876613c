package org.voyage.kit.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharedLookTest {

    private final ExecutorService requests = Executors.newCachedThreadPool();
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicInteger asking = new AtomicInteger();
    private final CountDownLatch first = new CountDownLatch(1);

    @AfterEach
    void end() {
        requests.shutdownNow();
    }

    private CompletableFuture<Integer> ask(SharedLook<Integer> look) {
        return CompletableFuture.supplyAsync(
                () -> {
                    asking.incrementAndGet();
                    return look.fresh();
                },
                requests);
    }

    /** The first look lasts until it is told to end. */
    private int slowAtFirst() {
        int number = looks.incrementAndGet();
        if (number == 1) {
            try {
                first.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return number;
    }

    @Test
    void those_that_ask_during_a_look_get_the_next_one_together() {
        SharedLook<Integer> look = new SharedLook<>(this::slowAtFirst);
        CompletableFuture<Integer> early = ask(look);
        await().until(() -> looks.get() == 1);
        List<CompletableFuture<Integer>> late =
                IntStream.range(0, 20).mapToObj(i -> ask(look)).toList();
        await().until(() -> asking.get() == 21);
        first.countDown();

        assertThat(early.join()).isEqualTo(1);
        assertThat(late)
                .as("none was seen by the look that began before it was asked for")
                .allSatisfy(its -> assertThat(its.join()).isGreaterThan(1));
        assertThat(looks.get()).as("shared").isLessThan(21);
    }

    @Test
    void a_look_that_fails_fails_for_who_made_it_and_the_next_is_made() {
        SharedLook<Integer> look = new SharedLook<>(() -> {
            if (slowAtFirst() == 2) {
                throw new IllegalStateException("gone");
            }
            return looks.get();
        });
        CompletableFuture<Integer> early = ask(look);
        await().until(() -> looks.get() == 1);
        CompletableFuture<Integer> leads = ask(look);
        await().until(() -> asking.get() == 2);
        first.countDown();

        assertThat(early.join()).isGreaterThanOrEqualTo(1);
        assertThatThrownBy(leads::join).hasRootCauseMessage("gone");
        assertThat(look.fresh()).isEqualTo(3);
    }
}
