package org.voyage.kit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.voyage.kit.problem.Refusal;

class CursorTest {
    private static final Instant TIMESTAMP = Instant.parse("2026-11-24T10:00:00.123456Z");
    private static final String FIRST_KEY = keyOf('a');
    private static final String SECOND_KEY = keyOf('b');

    private final CursorCodec cursors = codec("bureau-12", Map.of(1, FIRST_KEY), 1);

    private record TestKeys(Map<Integer, String> keys, int primary) implements WebConfig.CursorConfig {}

    private static CursorCodec codec(String caller, Map<Integer, String> keys, int primary) {
        return new CursorCodec(new TestKeys(keys, primary), () -> caller);
    }

    private static String keyOf(char filler) {
        return Base64.getEncoder()
                .encodeToString(String.valueOf(filler).repeat(32).getBytes());
    }

    private Cursor decode(String list, int size, String text) {
        return Objects.requireNonNull(cursors.decode(list, size, text));
    }

    private static void assertRefused(CursorCodec cursors, String list, int size, String text) {
        assertThatThrownBy(() -> cursors.decode(list, size, text)).as(text).isInstanceOf(Refusal.Malformed.class);
    }

    @Test
    void the_keys_come_back_as_they_were() {
        var id = UUID.randomUUID();
        var cursor = decode("list", 4, cursors.encode("list", TIMESTAMP, id, "鲁班|,\"", 7L));
        assertThat(cursor.instant(0)).isEqualTo(TIMESTAMP);
        assertThat(cursor.uuid(1)).isEqualTo(id);
        assertThat(cursor.text(2)).isEqualTo("鲁班|,\"");
        assertThat(cursor.integer(3)).isEqualTo(7);
    }

    @Test
    void no_cursor_is_the_first_page() {
        assertThat(cursors.decode("list", 1, null)).isNull();
    }

    @Test
    void another_list_or_other_filters_refuse_it() {
        var text = cursors.encode("schools status=open", "A");
        assertRefused(cursors, "schools status=closed", 1, text);
        assertRefused(cursors, "schools status=open", 2, text);
    }

    /** A cursor of one bureau showed another one where the list had ended. */
    @Test
    void another_caller_is_refused() {
        var text = cursors.encode("list", "A");
        assertRefused(codec("bureau-32", Map.of(1, FIRST_KEY), 1), "list", 1, text);
        assertRefused(codec("", Map.of(1, FIRST_KEY), 1), "list", 1, text);
    }

    /** The checksum that it had before needed no key: everybody could make a cursor. */
    @Test
    void a_cursor_made_with_another_key_is_refused() {
        assertRefused(
                cursors, "list", 1, codec("bureau-12", Map.of(1, SECOND_KEY), 1).encode("list", "A"));
    }

    @Test
    void cursors_outlive_a_change_of_keys_while_the_old_key_is_configured() {
        var both = Map.of(1, FIRST_KEY, 2, SECOND_KEY);
        var text = cursors.encode("list", "A");
        assertThat(Objects.requireNonNull(codec("bureau-12", both, 2).decode("list", 1, text))
                        .text(0))
                .isEqualTo("A");
        assertRefused(codec("bureau-12", Map.of(2, SECOND_KEY), 2), "list", 1, text);
        assertRefused(cursors, "list", 1, codec("bureau-12", both, 2).encode("list", "A"));
    }

    @Test
    void every_changed_character_is_noticed() {
        var text = cursors.encode("list", TIMESTAMP, "A-1");
        for (int i = 0; i < text.length(); i++) {
            var changed = text.substring(0, i) + (text.charAt(i) == 'A' ? 'B' : 'A') + text.substring(i + 1);
            assertRefused(cursors, "list", 2, changed);
        }
    }

    @Test
    void a_cursor_is_short() {
        assertThat(cursors.encode("list", TIMESTAMP, "12", "TJ-0001")).hasSizeLessThan(70);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "AAAA", "AAAAAA==", "%%%", "鲁班", "AAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAAAA"})
    void garbage_is_malformed(String text) {
        assertRefused(cursors, "list", 1, text);
    }

    @Test
    void a_key_of_another_kind_is_malformed() {
        var cursor = decode("list", 1, cursors.encode("list", "not a moment"));
        assertThatThrownBy(() -> cursor.instant(0)).isInstanceOf(Refusal.Malformed.class);
        assertThatThrownBy(() -> cursor.integer(0)).isInstanceOf(Refusal.Malformed.class);
        assertThatThrownBy(() -> cursor.uuid(0)).isInstanceOf(Refusal.Malformed.class);
    }

    /** The database refused such a moment, and the answer was 500. */
    @ParameterizedTest
    @ValueSource(
            strings = {"+1000000000-12-31T23:59:59.999999999Z", "-1000000000-01-01T00:00:00Z", "0000-01-01T00:00:00Z"})
    void an_extreme_moment_is_malformed(String moment) {
        var cursor = decode("list", 1, cursors.encode("list", moment));
        assertThatThrownBy(() -> cursor.instant(0)).isInstanceOf(Refusal.Malformed.class);
    }

    @Test
    void a_missing_or_short_key_and_in_production_a_local_one_stop_the_start() {
        assertThatThrownBy(() -> codec("", Map.of(), 1)).hasMessageContaining("voyage.web.cursor.keys.1");
        assertThatThrownBy(() -> codec("", Map.of(1, "c2hvcnQ="), 1)).hasMessageContaining("32 bytes");
        assertThatThrownBy(() -> codec("", Map.of(1, "?"), 1)).hasMessageContaining("Base64");
    }
}
