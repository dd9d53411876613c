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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        List<Example> examples = examples();

        for (Example example : examples) {
            FactEvent event = example.read(example.content.length);

            assertThat(event.version()).as(example.name).isEqualTo(example.version());
            assertThat(event.state() == null)
                    .as(example.name)
                    .isEqualTo(example.json.path("after").isNull());
        }
        assertThat(examples.stream().map(Example::record).toList())
                .containsAll(CATALOGUE.all().stream().map(Indicator::record).toList());
    }

    /** A parser that is fed tells by a token of its own that it has no more, wherever that is: in a list, in a number. */
    @Test
    @Timeout(120)
    void an_example_that_ends_too_early_is_not_read_wherever_that_is_and_the_next_is() throws Exception {
        for (Example example : examples()) {
            int end = new String(example.content, StandardCharsets.ISO_8859_1).lastIndexOf('}');
            for (int length = 0; length <= end; length++) {
                int first = length;

                assertThatThrownBy(() -> example.read(first))
                        .as("the first %d bytes of %s", first, example.name)
                        .isInstanceOf(UnreadableEvent.class);

                assertThat(example.read(example.content.length).version()).isEqualTo(example.version());
            }
        }
    }

    private record Example(String name, byte[] content, JsonNode json, FactReaders readers) {

        String record() {
            return name.substring(0, name.indexOf('.'));
        }

        int version() {
            return json.path("version").asInt();
        }

        /** Reads so many bytes of it. */
        FactEvent read(int length) throws UnreadableEvent {
            String key =
                    json.path("province").asText() + "/" + json.path("sourceId").asText();
            return readers.of(record()).read(key, ByteBuffer.wrap(content, 0, length));
        }
    }

    private static List<Example> examples() throws IOException {
        Map<String, byte[]> contents = contents();
        List<String> records = contents.keySet().stream()
                .map(name -> name.substring(0, name.indexOf('.')))
                .distinct()
                .toList();
        FactReaders readers = new FactReaders(new Layouts(CATALOGUE, records), new Dictionaries());
        List<Example> examples = new ArrayList<>();
        for (Map.Entry<String, byte[]> each : contents.entrySet()) {
            examples.add(
                    new Example(each.getKey(), each.getValue(), new ObjectMapper().readTree(each.getValue()), readers));
        }
        return examples;
    }

    private static Map<String, byte[]> contents() throws IOException {
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
