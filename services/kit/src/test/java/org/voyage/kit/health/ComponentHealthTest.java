package org.voyage.kit.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smallrye.health.SmallRyeHealthReporter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

class ComponentHealthTest {
    private final ComponentHealth components = new ComponentHealth();
    private final ComponentHealthCheck check = new ComponentHealthCheck(components);

    @Test
    void a_component_that_no_longer_beats_makes_the_service_unhealthy_until_it_beats_again() {
        var heartbeat = components.register("relay", Duration.ofMillis(100));
        assertThat(components.findFaults()).isEmpty();
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(components.findFaults())
                        .hasEntrySatisfying("relay", fault -> assertThat(fault).startsWith("silent for")));
        heartbeat.beat();
        assertThat(components.findFaults()).isEmpty();
    }

    @Test
    void a_component_that_beats_is_healthy_next_to_one_that_failed() {
        components.register("hub", Duration.ofSeconds(8));
        var failed = components.register("relay", Duration.ofSeconds(8));
        failed.reportFailure("java.lang.OutOfMemoryError");
        assertThat(components.findFaults()).containsOnlyKeys("relay").containsValue("java.lang.OutOfMemoryError");
        assertThat(check.call().getStatus()).isEqualTo(Status.DOWN);
        failed.beat();
        assertThat(check.call().getStatus()).isEqualTo(Status.UP);
    }

    /** The relay works on a thread whose waits have time-outs of their own: only its end is a fault. */
    @Test
    void a_component_whose_thread_has_ended_makes_the_service_unhealthy() throws InterruptedException {
        var end = new CountDownLatch(1);
        var thread = Thread.ofPlatform().start(() -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        var watch = components.watchThread("relay", thread);
        assertThat(components.findFaults()).isEmpty();

        end.countDown();
        thread.join();

        assertThat(components.findFaults()).containsEntry("relay", "its thread has ended");
        watch.retire();
        assertThat(components.findFaults()).isEmpty();
    }

    @Test
    void a_component_that_ends_on_purpose_is_no_longer_watched_but_its_successor_is() {
        var first = components.register("relay", Duration.ofSeconds(8));
        components.register("relay", Duration.ofSeconds(8)).reportFailure("gone");
        first.retire();
        assertThat(components.findFaults()).containsOnlyKeys("relay");
    }

    /** The thread of this reporter does not run, as if a check never ended. */
    @Test
    void checks_that_never_end_are_answered_down_and_not_waited_for() throws Exception {
        var reporter = new HealthReporter(new SmallRyeHealthReporter());
        var report = reporter.requestReport().toCompletableFuture().get(10, TimeUnit.SECONDS);
        assertThat(report.ready().up()).isFalse();
        assertThat(report.live().json()).contains("DOWN", "no check ended within");
    }
}
