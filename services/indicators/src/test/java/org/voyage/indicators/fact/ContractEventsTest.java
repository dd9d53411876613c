package org.voyage.indicators.fact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.util.ClassPathUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.voyage.indicators.definition.CountedFigure;
import org.voyage.indicators.definition.FigureCatalogue;
import org.voyage.indicators.definition.FigureCatalogueLoader;
import org.voyage.kittest.StoredEvent;

/** Test of the fact reader against the examples of the contract, and the stored events of each release. */
class ContractEventsTest {

    private static final FigureCatalogue CATALOGUE = FigureCatalogueLoader.loadCatalogue(Optional.empty());

    @Test
    void every_example_event_of_every_record_is_read() throws Exception {
        List<ContractExample> examples = readExamples();

        for (ContractExample example : examples) {
            FactEvent event = example.readPrefix(example.content.length);

            assertThat(event.version()).as(example.name).isEqualTo(example.version());
            assertThat(event.state() == null)
                    .as(example.name)
                    .isEqualTo(example.json.path("after").isNull());
        }
        assertThat(examples.stream().map(ContractExample::record).toList())
                .containsAll(CATALOGUE.countedFigures().stream()
                        .map(CountedFigure::record)
                        .toList());
    }

    @Test
    void every_stored_event_of_each_release_is_read() throws Exception {
        List<StoredEvent> events = StoredEvent.readAll();
        List<String> records =
                events.stream().map(StoredEvent::record).distinct().toList();
        FactReaderRegistry readers =
                new FactReaderRegistry(new RecordLayoutRegistry(CATALOGUE, records), new DictionaryRegistry());

        for (StoredEvent event : events) {
            JsonNode value = new ObjectMapper().readTree(event.value());
            FactEvent read = readers.readerOf(event.record())
                    .readEvent(event.key(), ByteBuffer.wrap(event.value().getBytes(StandardCharsets.UTF_8)));
            assertThat(read.version())
                    .as("%s", event)
                    .isEqualTo(value.path("version").asInt());
            assertThat(read.state() == null)
                    .as("%s", event)
                    .isEqualTo(value.path("after").isNull());
        }
        assertThat(records)
                .containsAll(CATALOGUE.countedFigures().stream()
                        .map(CountedFigure::record)
                        .toList());
    }

    /**
     * A non-blocking JSON parser reports the end of its input with a special token, at any place: in a list, in a
     * number.
     */
    @Test
    @Timeout(120)
    void an_example_that_ends_too_early_is_not_read_wherever_that_is_and_the_next_is() throws Exception {
        for (ContractExample example : readExamples()) {
            int end = new String(example.content, StandardCharsets.ISO_8859_1).lastIndexOf('}');
            for (int length = 0; length <= end; length++) {
                int first = length;

                assertThatThrownBy(() -> example.readPrefix(first))
                        .as("the first %d bytes of %s", first, example.name)
                        .isInstanceOf(UnreadableEventException.class);

                assertThat(example.readPrefix(example.content.length).version()).isEqualTo(example.version());
            }
        }
    }

    private record ContractExample(String name, byte[] content, JsonNode json, FactReaderRegistry readers) {

        String record() {
            return name.substring(0, name.indexOf('.'));
        }

        int version() {
            return json.path("version").asInt();
        }

        /** Reads a prefix of the example. */
        FactEvent readPrefix(int length) throws UnreadableEventException {
            String key =
                    json.path("province").asText() + "/" + json.path("sourceId").asText();
            return readers.readerOf(record()).readEvent(key, ByteBuffer.wrap(content, 0, length));
        }
    }

    private static List<ContractExample> readExamples() throws IOException {
        Map<String, byte[]> contents = readContents();
        List<String> records = contents.keySet().stream()
                .map(name -> name.substring(0, name.indexOf('.')))
                .distinct()
                .toList();
        FactReaderRegistry readers =
                new FactReaderRegistry(new RecordLayoutRegistry(CATALOGUE, records), new DictionaryRegistry());
        List<ContractExample> examples = new ArrayList<>();
        for (Map.Entry<String, byte[]> each : contents.entrySet()) {
            examples.add(new ContractExample(
                    each.getKey(), each.getValue(), new ObjectMapper().readTree(each.getValue()), readers));
        }
        return examples;
    }

    private static Map<String, byte[]> readContents() throws IOException {
        Map<String, byte[]> examples = new TreeMap<>();
        ClassPathUtils.consumeAsPaths("contracts/events/examples", folder -> {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    examples.put(file.getFileName().toString(), Files.readAllBytes(file));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return examples;
    }
}
