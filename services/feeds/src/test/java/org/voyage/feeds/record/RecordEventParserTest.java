package org.voyage.feeds.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.voyage.kit.log.LogMessage;
import org.voyage.kittest.StoredEvent;

/** Test of the parser of events with the stored events of each release. */
class RecordEventParserTest {

    private final RecordEventParser parser = new RecordEventParser(new RecordPseudonym(new byte[32]));

    @Test
    void every_stored_event_of_each_release_is_read() throws Exception {
        List<StoredEvent> events = StoredEvent.readAll().stream()
                .filter(event -> FeedRecord.find(event.record()).isPresent())
                .toList();

        for (StoredEvent event : events) {
            RecordState state = parser.parse(toMessage(event)).state();
            assertThat(state.sourceId()).as("%s", event).isEqualTo(event.key().substring(3));
            assertThat(state.state() == null)
                    .as("%s", event)
                    .isEqualTo(event.value().contains("\"after\":null"));
        }
        assertThat(events)
                .extracting(StoredEvent::record)
                .containsAll(
                        Stream.of(FeedRecord.values()).map(FeedRecord::wireName).toList());
    }

    private static LogMessage toMessage(StoredEvent event) {
        return new LogMessage(
                event.topic(),
                0,
                0,
                event.key(),
                ByteBuffer.wrap(event.value().getBytes(StandardCharsets.UTF_8)),
                event.record(),
                0,
                Instant.EPOCH);
    }
}
