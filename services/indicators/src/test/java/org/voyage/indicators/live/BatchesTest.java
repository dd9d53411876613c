package org.voyage.indicators.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.voyage.indicators.indicator.Catalogue;
import org.voyage.indicators.indicator.CatalogueLoader;
import org.voyage.indicators.indicator.Indicator;
import org.voyage.indicators.intake.Delivery;
import org.voyage.indicators.intake.Dictionaries;
import org.voyage.indicators.intake.Layouts;
import org.voyage.indicators.intake.LogReader;

/** What a poll gave is one batch in the order of the log. */
class BatchesTest {

    private static final String RECORD = "overseas-school";
    private static final TopicPartition FROM = new TopicPartition("overseas." + RECORD, 3);
    private static final Catalogue CATALOGUE = CatalogueLoader.load(Optional.empty());
    private static final Layouts LAYOUTS = new Layouts(
            CATALOGUE,
            CATALOGUE.all().stream().flatMap(BatchesTest::records).distinct().toList());
    private static final int EVENTS = 2_345;

    private final AtomicInteger unreadable = new AtomicInteger();
    private final Batches batches = new Batches(LAYOUTS, new Dictionaries(), unreadable::incrementAndGet);

    @Test
    void events_come_in_the_order_of_the_log_and_those_that_cannot_be_read_in_their_places() {
        LiveBatch batch = batches.of(chunk(RECORD));

        assertThat(batch.items().stream().map(LiveBatch.Item::key))
                .containsExactlyElementsOf(
                        IntStream.range(0, EVENTS).mapToObj(BatchesTest::key).toList());
        assertThat(batch.items().stream().filter(item -> item.event() == null).map(LiveBatch.Item::key))
                .containsExactly(key(0), key(1_000), key(2_000));
        assertThat(unreadable).hasValue(3);
        assertThat(batch.positions())
                .containsExactly(Map.entry(FROM, new Positions.Position(EVENTS, 10 * EVENTS - 10)));
    }

    @Test
    void nothing_is_an_empty_batch() {
        LiveBatch batch = batches.of(new LogReader.Chunk(List.of(), Map.of(FROM, 7L)));

        assertThat(batch.items()).isEmpty();
        assertThat(batch.positions()).containsExactly(Map.entry(FROM, new Positions.Position(7, -1)));
    }

    private static Stream<String> records(Indicator indicator) {
        return Stream.concat(Stream.of(indicator.record()), indicator.join().values().stream());
    }

    private static LogReader.Chunk chunk(String record) {
        List<Delivery> deliveries = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            String json = i % 1_000 == 0
                    ? "{"
                    : "{\"province\":\"12\",\"sourceId\":\"%d\",\"version\":1,\"change\":\"created\",\"after\":{}}"
                            .formatted(i);
            deliveries.add(new Delivery(
                    FROM.topic(),
                    FROM.partition(),
                    i,
                    key(i),
                    ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)),
                    record,
                    10L * i,
                    Instant.EPOCH));
        }
        return new LogReader.Chunk(Collections.unmodifiableList(deliveries), Map.of(FROM, (long) EVENTS));
    }

    private static String key(int number) {
        return "12/" + number;
    }
}
