package org.voyage.indicators.feature.completeness;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.voyage.indicators.fact.UnreadableEventException;
import org.voyage.kit.log.LogMessage;
import org.voyage.kittest.StoredEvent;

/** Test of the parser of submissions with the stored events of each release. */
class SubmissionEventTest {

    private static final Set<String> KINDS = Set.of("batch", "outstanding", "year-close");

    @Test
    void every_stored_event_of_each_release_is_read() throws UnreadableEventException {
        List<StoredEvent> events = StoredEvent.readAll().stream()
                .filter(event -> KINDS.contains(event.record()))
                .toList();

        for (StoredEvent event : events) {
            LogMessage message = new LogMessage(
                    event.topic(),
                    0,
                    0,
                    event.key(),
                    ByteBuffer.wrap(event.value().getBytes(StandardCharsets.UTF_8)),
                    event.record(),
                    0,
                    Instant.EPOCH);
            assertThat(SubmissionEvent.parse(message)).as("%s", event).isNotNull();
        }
        assertThat(events).extracting(StoredEvent::record).contains("batch", "outstanding");
    }
}
