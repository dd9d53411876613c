package org.voyage.kit.record.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.voyage.kit.access.Province;
import org.voyage.kit.audit.AuditOrigin;
import org.voyage.kit.record.ChangeCause;
import org.voyage.kit.record.RecordKey;
import org.voyage.kit.record.RecordSubmission;

class WriteQueueTest {

    private final WriteQueue<String> ofAll = new WriteQueue<>();
    private final WriteQueue<String> own = new WriteQueue<>();
    private final List<String> told = new ArrayList<>();

    private static QueuedWrite<String> write(String sourceId) {
        RecordSubmission<String> sent = RecordSubmission.state(
                new RecordKey(Province.of("64"), sourceId),
                "x",
                ChangeCause.request("request-" + sourceId, "bureau-64"));
        return new QueuedWrite<>(sent, new AuditOrigin("bureau-64", "bureau", null, null, "request-" + sourceId));
    }

    private boolean moveAll() {
        return own.moveAllTo(ofAll, () -> told.add("unled"));
    }

    @Test
    void what_was_sent_to_a_line_apart_is_tried_there_before_anybody_goes_back() {
        QueuedWrite<String> a = write("a");
        QueuedWrite<String> poison = write("poison");
        QueuedWrite<String> behind = write("behind");
        assertThat(own.enqueuePinned(List.of(a, poison))).isTrue();
        assertThat(own.enqueueIfLed(behind)).isTrue();

        assertThat(own.takeGroup(1)).containsExactly(a);
        assertThat(moveAll())
                .as("the poison would be in everybody's transaction again")
                .isFalse();
        assertThat(own.takeGroup(1)).containsExactly(poison);
        assertThat(moveAll()).isTrue();

        assertThat(told).containsExactly("unled");
        assertThat(ofAll.takeGroup(64)).containsExactly(behind);
    }

    @Test
    void a_writer_that_gives_up_the_lead_leaves_no_write_behind_and_lets_none_overtake() {
        own.enqueuePinned(List.of(write("a")));
        own.takeGroup(64);
        QueuedWrite<String> older = write("same");
        own.enqueueIfLed(older);
        assertThat(ofAll.enqueue(write("other"))).isTrue();

        assertThat(moveAll()).isTrue();

        assertThat(told).as("somebody leads the other line").isEmpty();
        assertThat(own.enqueueIfLed(write("same")))
                .as("written before the older one")
                .isFalse();
        assertThat(own.length()).isZero();
        assertThat(ofAll.takeGroup(64)).hasSize(2).contains(older);
    }

    /** Whoever waited behind a leader that hung had no time-out of his own. */
    @Test
    void a_write_that_waits_too_long_is_taken_from_the_queue_and_no_other() {
        Duration patience = Duration.ofSeconds(20);
        QueuedWrite<String> fresh = write("fresh");
        QueuedWrite<String> sample = write("old");
        QueuedWrite<String> old = new QueuedWrite<>(
                sample.sent(), sample.origin(), new CompletableFuture<>(), System.nanoTime() - 21_000_000_000L);
        ofAll.enqueue(old);
        ofAll.enqueue(fresh);

        assertThat(ofAll.takeOverdue(patience)).containsExactly(old);

        assertThat(ofAll.takeOverdue(patience)).isEmpty();
        assertThat(ofAll.takeGroup(64)).containsExactly(fresh);
    }

    @Test
    void a_lead_without_waiting_writes_is_given_up() {
        own.enqueuePinned(List.of(write("a")));
        own.takeGroup(64);

        assertThat(moveAll()).isTrue();

        assertThat(told).isEmpty();
        assertThat(own.enqueue(write("b"))).isTrue();
    }
}
