package org.voyage.indicators.fact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.voyage.indicators.definition.CountedFigure;
import org.voyage.indicators.definition.FigureCatalogue;
import org.voyage.indicators.definition.FigureCatalogueLoader;

/** Test of the fact reader: valid and invalid events. */
class FactReaderTest {

    private static final String SCHOOL = "overseas-school";
    private static final FigureCatalogue CATALOGUE = FigureCatalogueLoader.loadCatalogue(Optional.empty());
    private static final RecordLayoutRegistry LAYOUTS = new RecordLayoutRegistry(
            CATALOGUE,
            CATALOGUE.countedFigures().stream()
                    .flatMap(FactReaderTest::recordsOf)
                    .distinct()
                    .toList());

    private static final String WHOLE = """
            {"province":"12","sourceId":"a","version":7,"change":"corrected","cause":null,"before":{"name":"学校"},"after":{}}""";

    private final DictionaryRegistry dictionaries = new DictionaryRegistry();
    private final FactReader reader = new FactReaderRegistry(LAYOUTS, dictionaries).readerOf(SCHOOL);

    @ParameterizedTest
    @CsvSource({"12,a,12/a", "12,a/b,12/a/b", "12,鲁班工坊,12/鲁班工坊", "12,12,12/12"})
    void its_key_is_province_and_sourceId(String province, String sourceId, String key)
            throws UnreadableEventException {
        assertThat(readEvent(key, province, sourceId, "{}").key()).isEqualTo(key);
    }

    /** In most cases the beginning and the end match, but the key names another record. */
    @ParameterizedTest
    @CsvSource({
        "12,a,12/b",
        "13,a,12/a",
        "12,a,12/aa",
        "12,a,12/ba",
        "12,a,12a",
        "12,a,a",
        "1,2/a,12/a",
        "12/a,b,12/a/b",
        "'',a,/a",
        "12,'',12/",
        "12,12/a,12/a"
    })
    void an_event_about_another_record_than_its_key_says_is_not_read(String province, String sourceId, String key) {
        assertThatThrownBy(() -> readEvent(key, province, sourceId, "{}"))
                .isInstanceOf(UnreadableEventException.class)
                .hasMessageContaining("its key is not province/sourceId");
    }

    /** An index of PostgreSQL has no room for the key. */
    @Test
    void an_event_of_a_key_that_is_too_long_is_not_read() throws UnreadableEventException {
        String longest = "学".repeat(497);

        assertThat(readEvent("12/" + longest, "12", longest, "{}").key()).hasSize(500);
        assertThatThrownBy(() -> readEvent("12/" + longest + "a", "12", longest + "a", "{}"))
                .isInstanceOf(UnreadableEventException.class)
                .hasMessageContaining("more than 500 characters");
    }

    /** More values than the cache holds, twice, and many that differ in one character only. */
    @Test
    void each_code_and_each_day_is_its_own_however_many_there_are() throws UnreadableEventException {
        RecordLayout layout = Objects.requireNonNull(LAYOUTS.layoutOf(SCHOOL));
        int brand = Objects.requireNonNull(layout.findSlot("brand")).index();
        int opened = Objects.requireNonNull(layout.findSlot("openedOn")).index();
        for (int again = 0; again < 2; again++) {
            for (int i = 0; i < 70_000; i++) {
                LocalDate day = LocalDate.EPOCH.plusDays(i);
                FactEvent event =
                        readEvent("12/a", "12", "a", "{\"brand\":\"B" + i + "\",\"openedOn\":\"" + day + "\"}");
                int[] values = Objects.requireNonNull(event.state()).values();
                assertThat(dictionaries.dictionaryOf("brand").textOf(values[brand]))
                        .isEqualTo("B" + i);
                assertThat(values[opened]).isEqualTo(i);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "{", "}", ",", " tru", " 1", "\"", "\u00a0", "{}", "\0"})
    void what_something_follows_is_not_read_and_the_next_is(String more) throws UnreadableEventException {
        assertThatThrownBy(() -> reader.readEvent("12/a", toBuffer(WHOLE + more)))
                .isInstanceOf(UnreadableEventException.class);

        assertThat(reader.readEvent("12/a", toBuffer(" \r\n\t" + WHOLE + " \r\n\t"))
                        .version())
                .isEqualTo(7);
        assertThat(reader.readEvent("12/a", toBuffer(WHOLE)).version()).isEqualTo(7);
    }

    /** The first event, a later one, and the first after an unreadable one. */
    @Test
    void a_byte_order_mark_is_no_part_of_it_whatever_came_before() throws UnreadableEventException {
        for (String before : List.of(WHOLE, "{", "\uFEFF" + WHOLE)) {
            assertThat(reader.readSlices("12/a", toBuffer("\uFEFF" + WHOLE))
                            .event()
                            .version())
                    .isEqualTo(7);
            try {
                reader.readEvent("12/a", toBuffer(before));
            } catch (UnreadableEventException e) {
                assertThat(before).isEqualTo("{");
            }
        }
    }

    @Test
    void state_and_cause_stand_where_it_says_in_whatever_array_and_after_whatever_came_before()
            throws UnreadableEventException {
        for (String cause : List.of("null", "{\"kind\":\"request\",\"reason\":\"学\"}", "{}", "\"学\"")) {
            for (String space : List.of("", " ", "\n  ")) {
                String state = "{\"brand\":\"鲁班工坊\"}";
                String json = space
                        + WHOLE.replace("\"after\":{}", "\"after\":" + space + state)
                                .replace("\"cause\":null", "\"cause\":" + space + cause);
                byte[] array = ("其他" + json + "其他").getBytes(StandardCharsets.UTF_8);
                int around = "其他".getBytes(StandardCharsets.UTF_8).length;

                FactReader.EventSlices parts = reader.readSlices(
                        "12/a",
                        ByteBuffer.wrap(array, around, array.length - 2 * around)
                                .slice());

                assertThat(sliceText(array, parts.stateFrom(), parts.stateTo())).isEqualTo(state);
                assertThat(sliceText(array, parts.causeFrom(), parts.causeTo())).isEqualTo(cause);
            }
        }
    }

    /** An event that is cut within {@code null} is not JSON; elsewhere it ends too early. */
    @Test
    void one_that_is_cut_anywhere_is_not_read_and_the_next_is() throws UnreadableEventException {
        byte[] whole = WHOLE.getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length < whole.length; length++) {
            ByteBuffer cut = ByteBuffer.wrap(whole, 0, length);
            assertThatThrownBy(() -> reader.readEvent("12/a", cut))
                    .isInstanceOf(UnreadableEventException.class)
                    .satisfies(e -> assertThat(e.getMessage())
                            .containsAnyOf("it ends too early", "Unrecognized token 'n", "it is not an object"));

            FactReader.EventSlices parts = reader.readSlices("12/a", toBuffer(WHOLE));

            assertThat(sliceText(whole, parts.stateFrom(), parts.stateTo())).isEqualTo("{}");
            assertThat(sliceText(whole, parts.causeFrom(), parts.causeTo())).isEqualTo("null");
        }
    }

    /** The event is longer than the parser's buffer, whose end may cut any character. */
    @ParameterizedTest
    @ValueSource(ints = {7_900, 7_901, 7_902, 100_000})
    void a_long_one_is_read_whole(int characters) throws UnreadableEventException {
        String state = "{\"name\":\"" + "校".repeat(characters / 3) + "x".repeat(characters % 3)
                + "\",\"brand\":\"鲁班工坊\",\"note\":\"" + "校".repeat(characters) + "\"}";
        byte[] json = WHOLE.replace("\"after\":{}", "\"after\":" + state).getBytes(StandardCharsets.UTF_8);
        for (int again = 0; again < 2; again++) {
            FactReader.EventSlices parts = reader.readSlices("12/a", ByteBuffer.wrap(json));

            assertThat(sliceText(json, parts.stateFrom(), parts.stateTo())).isEqualTo(state);
        }
    }

    /** The end of the parser's buffer may fall on any part of the event. */
    @Test
    void state_and_cause_stand_where_it_says_in_a_long_one() throws UnreadableEventException {
        String cause = "{\"kind\":\"request\",\"rows\":12}";
        String state = "{\"brand\":\"鲁班工坊\",\"capacity\":null}";
        for (int padding = 7_800; padding < 8_050; padding++) {
            String begin = "{\"before\":{\"name\":\"" + "x".repeat(padding)
                    + "\"},\"province\":\"12\",\"sourceId\":\"a\",\"version\":7,\"change\":\"corrected\",\"cause\":";
            byte[] json = (begin + cause + ",\"after\":" + state + "}").getBytes(StandardCharsets.UTF_8);

            FactReader.EventSlices parts = reader.readSlices("12/a", ByteBuffer.wrap(json));

            assertThat(sliceText(json, parts.causeFrom(), parts.causeTo())).isEqualTo(cause);
            assertThat(sliceText(json, parts.stateFrom(), parts.stateTo())).isEqualTo(state);
        }
    }

    /** The reason does not depend on events read before. */
    @Test
    void invalid_json_is_reported_without_a_place() {
        for (int again = 0; again < 2; again++) {
            assertThatThrownBy(() -> reader.readEvent("12/a", toBuffer("{\"cause\":[}")))
                    .hasMessageStartingWith("it is not JSON: ")
                    .hasMessageNotContaining("Source")
                    .hasMessageNotContaining("column");
        }
    }

    /** The first event and a later one. */
    @Test
    void other_encodings_are_not_read() {
        for (int again = 0; again < 2; again++) {
            assertThatThrownBy(
                            () -> reader.readEvent("12/a", ByteBuffer.wrap(WHOLE.getBytes(StandardCharsets.UTF_16LE))))
                    .isInstanceOf(UnreadableEventException.class);
        }
    }

    private static String sliceText(byte[] array, int from, int to) {
        return new String(array, from, to - from, StandardCharsets.UTF_8);
    }

    private static ByteBuffer toBuffer(String json) {
        return ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8));
    }

    private static Stream<String> recordsOf(CountedFigure figure) {
        return Stream.concat(Stream.of(figure.record()), figure.joins().values().stream());
    }

    private FactEvent readEvent(String key, String province, String sourceId, String after)
            throws UnreadableEventException {
        String json = """
                {"province":"%s","sourceId":"%s","version":1,"change":"created","after":%s}""".formatted(province, sourceId, after);
        return reader.readEvent(key, toBuffer(json));
    }
}
