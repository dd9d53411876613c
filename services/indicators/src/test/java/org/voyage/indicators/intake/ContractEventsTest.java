package org.voyage.indicators.intake;

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
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.voyage.indicators.indicator.Catalogue;
import org.voyage.indicators.indicator.CatalogueLoader;
import org.voyage.indicators.indicator.Indicator;

/** The reader and the examples of the contract agree. */
class ContractEventsTest {

    private static final Catalogue CATALOGUE = CatalogueLoader.load(Optional.empty());

    @Test
    void every_example_event_of_every_record_is_read() throws Exception {
        Map<String, byte[]> examples = examples();
        Set<String> records = new HashSet<>();
        examples.keySet().forEach(name -> records.add(name.substring(0, name.indexOf('.'))));
        FactReaders readers = new FactReaders(new Layouts(CATALOGUE, records), new Dictionaries());

        for (Map.Entry<String, byte[]> example : examples.entrySet()) {
            JsonNode json = new ObjectMapper().readTree(example.getValue());
            String key =
                    json.path("province").asText() + "/" + json.path("sourceId").asText();
            String record = example.getKey().substring(0, example.getKey().indexOf('.'));

            FactEvent event = readers.of(record).read(key, ByteBuffer.wrap(example.getValue()));

            assertThat(event.version())
                    .as(example.getKey())
                    .isEqualTo(json.path("version").asInt());
            assertThat(event.state() == null)
                    .as(example.getKey())
                    .isEqualTo(json.path("after").isNull());
        }
        assertThat(records)
                .containsAll(CATALOGUE.all().stream().map(Indicator::record).toList());
    }

    /** A parser that is fed tells by a token of its own that it has no more, wherever that is: in a list, in a number. */
    @Test
    @Timeout(120)
    void an_example_that_ends_too_early_is_not_read_wherever_that_is_and_the_next_is() throws Exception {
        Map<String, byte[]> examples = examples();
        Set<String> records = new HashSet<>();
        examples.keySet().forEach(name -> records.add(name.substring(0, name.indexOf('.'))));
        FactReaders readers = new FactReaders(new Layouts(CATALOGUE, records), new Dictionaries());

        for (Map.Entry<String, byte[]> example : examples.entrySet()) {
            JsonNode json = new ObjectMapper().readTree(example.getValue());
            String key =
                    json.path("province").asText() + "/" + json.path("sourceId").asText();
            FactReader reader =
                    readers.of(example.getKey().substring(0, example.getKey().indexOf('.')));
            int end = new String(example.getValue(), StandardCharsets.ISO_8859_1).lastIndexOf('}');
            for (int length = 0; length <= end; length++) {
                ByteBuffer part = ByteBuffer.wrap(example.getValue(), 0, length);

                assertThatThrownBy(() -> reader.read(key, part))
                        .as("the first %d bytes of %s", length, example.getKey())
                        .isInstanceOf(UnreadableEvent.class);

                assertThat(reader.read(key, ByteBuffer.wrap(example.getValue())).version())
                        .isEqualTo(json.path("version").asInt());
            }
        }
    }

    private static Map<String, byte[]> examples() throws IOException {
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
