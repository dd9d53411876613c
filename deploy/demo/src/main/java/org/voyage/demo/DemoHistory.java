package org.voyage.demo;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Complete history of the demo, from a file that {@code docs/demo-data.md} describes. Its counts give exactly each
 * published figure that can be computed.
 *
 * @param records final state of every record, in the order of loading
 * @param stories calls that lead some records to their final state
 * @param rounds files that do so after all other records were counted
 */
record DemoHistory(
        List<RecordRow> records,
        List<RecordStory> stories,
        List<CorrectionRound> rounds,
        List<DemoAlliance> alliances) {

    private static final String RECORD_FILE = "history/records.json.gz";

    private static final ObjectMapper JSON =
            new ObjectMapper().registerModule(new SimpleModule().addDeserializer(String.class, new SharedTexts()));

    static DemoHistory readHistory() {
        try (InputStream file = DemoHistory.class.getClassLoader().getResourceAsStream(RECORD_FILE)) {
            return JSON.readValue(new GZIPInputStream(Objects.requireNonNull(file, RECORD_FILE)), DemoHistory.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Stream<RecordRow> rowsOf(DemoRecordType type) {
        return records.stream().filter(row -> row.type() == type);
    }

    /** Returns the bulk records by province and type: all records without a story or a round. */
    Map<String, Map<DemoRecordType, List<RecordRow>>> bulkRecords() {
        Set<HistoryKey> later = Stream.concat(
                        stories.stream().map(story -> story.lastStep().entry()),
                        rounds.stream()
                                .flatMap(round -> round.files().stream())
                                .flatMap(file -> file.finalReport().stream()))
                .map(HistoryKey::of)
                .collect(Collectors.toSet());
        return records.stream()
                .filter(row -> !later.contains(HistoryKey.of(row)))
                .collect(Collectors.groupingBy(
                        RecordRow::province,
                        TreeMap::new,
                        Collectors.groupingBy(
                                RecordRow::type, () -> new EnumMap<>(DemoRecordType.class), Collectors.toList())));
    }

    List<String> provinces() {
        return records.stream().map(RecordRow::province).distinct().sorted().toList();
    }

    /** Key of a record. */
    record HistoryKey(DemoRecordType type, String province, String sourceId) {

        static HistoryKey of(BureauRecord entry) {
            return new HistoryKey(entry.type(), entry.province(), entry.sourceId());
        }
    }

    /** Reader of texts that keeps equal ones once: codes and days repeat, and the demo runs in little memory. */
    private static final class SharedTexts extends StdScalarDeserializer<String> {

        SharedTexts() {
            super(String.class);
        }

        @Override
        public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return parser.getText().intern();
        }
    }
}
