package org.voyage.kit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.voyage.kit.problem.Refusal;

class CursorTest {
    private static final Instant TIMESTAMP = Instant.parse("2026-11-24T10:00:00.123456Z");

    private static Cursor decode(String list, int size, String text) {
        var cursor = Cursor.decode(list, size, text);
        assertThat(cursor).isNotNull();
        return java.util.Objects.requireNonNull(cursor);
    }

    @Test
    void the_keys_come_back_as_they_were() {
        var id = UUID.randomUUID();
        var cursor = decode("list", 4, Cursor.encode("list", TIMESTAMP, id, "鲁班|,\"", 7L));
        assertThat(cursor.instant(0)).isEqualTo(TIMESTAMP);
        assertThat(cursor.uuid(1)).isEqualTo(id);
        assertThat(cursor.text(2)).isEqualTo("鲁班|,\"");
        assertThat(cursor.integer(3)).isEqualTo(7);
    }

    @Test
    void no_cursor_is_the_first_page() {
        assertThat(Cursor.decode("list", 1, null)).isNull();
    }

    @Test
    void another_list_or_other_filters_refuse_it() {
        var text = Cursor.encode("schools status=open", "A");
        assertThatThrownBy(() -> Cursor.decode("schools status=closed", 1, text))
                .isInstanceOf(Refusal.Malformed.class);
        assertThatThrownBy(() -> Cursor.decode("schools status=open", 2, text)).isInstanceOf(Refusal.Malformed.class);
    }

    @Test
    void every_changed_character_is_noticed() {
        var text = Cursor.encode("list", TIMESTAMP, "A-1");
        for (int i = 0; i < text.length(); i++) {
            var changed = text.substring(0, i) + (text.charAt(i) == 'A' ? 'B' : 'A') + text.substring(i + 1);
            assertThatThrownBy(() -> Cursor.decode("list", 2, changed))
                    .as(changed)
                    .isInstanceOf(Refusal.Malformed.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "AAAA", "AAAAAA==", "%%%", "鲁班", "AAAAAAAA"})
    void garbage_is_malformed(String text) {
        assertThatThrownBy(() -> Cursor.decode("list", 1, text)).isInstanceOf(Refusal.Malformed.class);
    }

    @Test
    void a_key_of_another_kind_is_malformed() {
        var cursor = decode("list", 1, Cursor.encode("list", "not a moment"));
        assertThatThrownBy(() -> cursor.instant(0)).isInstanceOf(Refusal.Malformed.class);
        assertThatThrownBy(() -> cursor.integer(0)).isInstanceOf(Refusal.Malformed.class);
        assertThatThrownBy(() -> cursor.uuid(0)).isInstanceOf(Refusal.Malformed.class);
    }
}
