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
import org.voyage.indicators.definition.CountedFigure;
import org.voyage.indicators.definition.FigureCatalogue;
import org.voyage.indicators.definition.FigureCatalogueLoader;
import org.voyage.indicators.fact.DictionaryRegistry;
import org.voyage.indicators.fact.RecordLayoutRegistry;
import org.voyage.kit.log.LogMessage;
import org.voyage.kit.log.LogReader;

/** Test of the decoder: one poll gives one batch in the order of the log. */
class LiveBatchDecoderTest {

    private static final String RECORD = "overseas-school";
    private static final TopicPartition PARTITION = new TopicPartition("overseas." + RECORD, 3);
    private static final FigureCatalogue CATALOGUE = FigureCatalogueLoader.loadCatalogue(Optional.empty());
    private static final RecordLayoutRegistry LAYOUTS = new RecordLayoutRegistry(
            CATALOGUE,
            CATALOGUE.countedFigures().stream()
                    .flatMap(LiveBatchDecoderTest::recordsOf)
                    .distinct()
                    .toList());
    private static final int EVENTS = 2_345;

    private final AtomicInteger unreadable = new AtomicInteger();
    private final LiveBatchDecoder batches =
            new LiveBatchDecoder(LAYOUTS, new DictionaryRegistry(), unreadable::incrementAndGet);

    @Test
    void events_come_in_the_order_of_the_log_and_those_that_cannot_be_read_in_their_places() {
        LiveBatch batch = batches.decode(createChunk(RECORD));

        assertThat(batch.items().stream().map(LiveBatch.LiveBatchItem::key))
                .containsExactlyElementsOf(IntStream.range(0, EVENTS)
                        .mapToObj(LiveBatchDecoderTest::keyOf)
                        .toList());
        assertThat(batch.items().stream().filter(item -> item.event() == null).map(LiveBatch.LiveBatchItem::key))
                .containsExactly(keyOf(0), keyOf(1_000), keyOf(2_000));
        assertThat(unreadable).hasValue(3);
        assertThat(batch.positions())
                .containsExactly(Map.entry(PARTITION, new LogPosition.PartitionPosition(EVENTS, 10 * EVENTS - 10)));
    }

    @Test
    void nothing_is_an_empty_batch() {
        LiveBatch batch = batches.decode(new LogReader.LogChunk(List.of(), Map.of(PARTITION, 7L)));

        assertThat(batch.items()).isEmpty();
        assertThat(batch.positions()).containsExactly(Map.entry(PARTITION, new LogPosition.PartitionPosition(7, -1)));
    }

    private static Stream<String> recordsOf(CountedFigure figure) {
        return Stream.concat(Stream.of(figure.record()), figure.joins().values().stream());
    }

    private static LogReader.LogChunk createChunk(String record) {
        List<LogMessage> deliveries = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            String json = i % 1_000 == 0
                    ? "{"
                    : "{\"province\":\"12\",\"sourceId\":\"%d\",\"version\":1,\"change\":\"created\",\"after\":{}}"
                            .formatted(i);
            deliveries.add(new LogMessage(
                    PARTITION.topic(),
                    PARTITION.partition(),
                    i,
                    keyOf(i),
                    ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)),
                    record,
                    10L * i,
                    Instant.EPOCH));
        }
        return new LogReader.LogChunk(Collections.unmodifiableList(deliveries), Map.of(PARTITION, (long) EVENTS));
    }

    private static String keyOf(int number) {
        return "12/" + number;
    }
}
