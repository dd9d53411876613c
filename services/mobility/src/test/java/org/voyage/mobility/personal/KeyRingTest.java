package org.voyage.mobility.personal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.voyage.kit.access.Province;
import org.voyage.kit.record.RecordKey;
import org.voyage.kit.secret.ConfiguredKeys;

class KeyRingTest {

    private static final RecordKey ROW_KEY = new RecordKey(Province.of("12"), "A-1");
    private static final PersonalData DATA = new PersonalData("SOMSAK", "X0000000", LocalDate.of(2000, 2, 29));

    private static PersonalConfig config(Map<Integer, String> keys, int primary) {
        return config(keys, keys, primary);
    }

    static PersonalConfig config(Map<Integer, String> keys, Map<Integer, String> pseudonymKeys, int primary) {
        return new PersonalConfig() {
            @Override
            public Map<Integer, String> keys() {
                return keys;
            }

            @Override
            public int primary() {
                return primary;
            }

            @Override
            public Map<Integer, String> pseudonymKeys() {
                return pseudonymKeys;
            }

            @Override
            public int pseudonymPrimary() {
                return primary;
            }
        };
    }

    static String key(String text) {
        byte[] bytes = java.util.Arrays.copyOf(text.getBytes(StandardCharsets.US_ASCII), ConfiguredKeys.KEY_BYTES);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static KeyRing ring(int primary) {
        return new KeyRing(config(Map.of(1, key("one"), 2, key("two")), primary));
    }

    @Test
    void what_is_sealed_with_an_older_key_is_opened_while_the_key_is_there() {
        PersonalRow old = ring(1).seal(ROW_KEY, DATA, "THA");
        assertThat(ring(2).unwrapKey(ROW_KEY, old.ciphertext())).isEqualTo(DATA);
        assertThatThrownBy(() -> new KeyRing(config(Map.of(2, key("two")), 2)).unwrapKey(ROW_KEY, old.ciphertext()))
                .isInstanceOf(KeyRing.UnreadableDataException.class);
    }

    @Test
    void the_key_of_a_file_on_the_disk_is_opened_for_its_batch_only_and_by_an_older_key_while_that_is_there() {
        UUID batch = UUID.randomUUID();
        byte[] key = {1, 2, 3};
        byte[] sealed = ring(1).wrapKey(batch, key);
        assertThat(ring(2).unwrapKey(batch, sealed)).isEqualTo(key);
        assertThatThrownBy(() -> ring(1).unwrapKey(UUID.randomUUID(), sealed))
                .isInstanceOf(KeyRing.UnreadableDataException.class);
    }

    @Test
    void it_is_bound_to_its_row_and_any_change_is_noticed() {
        byte[] sealed = ring(1).seal(ROW_KEY, DATA, "THA").ciphertext();
        assertThatThrownBy(() -> ring(1).unwrapKey(new RecordKey(Province.of("13"), "A-1"), sealed))
                .isInstanceOf(KeyRing.UnreadableDataException.class);
        sealed[sealed.length - 1] ^= 1;
        assertThatThrownBy(() -> ring(1).unwrapKey(ROW_KEY, sealed))
                .isInstanceOf(KeyRing.UnreadableDataException.class);
    }

    @Test
    void the_same_sealed_twice_looks_different_and_has_one_fingerprint() {
        PersonalRow first = ring(1).seal(ROW_KEY, DATA, "THA");
        PersonalRow second = ring(1).seal(ROW_KEY, DATA, "THA");
        assertThat(first.ciphertext()).isNotEqualTo(second.ciphertext());
        assertThat(first.fingerprint()).isEqualTo(second.fingerprint());
        assertThat(new String(first.ciphertext(), StandardCharsets.ISO_8859_1)).doesNotContain("SOMSAK");
    }

    @Test
    void a_pseudonym_is_of_the_student_wherever_and_of_the_key() {
        RecordKey elsewhere = new RecordKey(Province.of("31"), "B");
        PersonalData otherwise = new PersonalData("Somsak S.", "x00 00-000", DATA.birthDate());
        String pseudonym = ring(1).seal(ROW_KEY, DATA, "THA").pseudonym();
        assertThat(ring(1).seal(elsewhere, otherwise, "THA").pseudonym()).isEqualTo(pseudonym);
        assertThat(ring(1).seal(ROW_KEY, DATA, "LAO").pseudonym()).isNotEqualTo(pseudonym);
        assertThat(ring(2).seal(ROW_KEY, DATA, "THA").pseudonym()).isNotEqualTo(pseudonym);
        assertThat(ring(2).pseudonymsOf(DATA, "THA")).hasSize(2).contains(pseudonym);
        assertThat(ring(1).seal(ROW_KEY, new PersonalData("SOMSAK", null, null), "THA")
                        .pseudonym())
                .isNull();
    }

    @Test
    void unusable_keys_stop_the_start_and_are_not_in_the_message() {
        assertThatThrownBy(() -> new KeyRing(config(Map.of(1, key("one")), 2)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("voyage.personal.keys.2");
        assertThatThrownBy(() -> new KeyRing(config(Map.of(1, "c2hvcnQ="), 1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("32 bytes")
                .hasMessageNotContaining("c2hvcnQ");
        assertThatThrownBy(() -> new KeyRing(config(Map.of(1, "not base64"), 1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Base64")
                .hasMessageNotContaining("not base64");
    }

    @Test
    void it_prints_nothing() {
        assertThat(DATA.toString()).isEqualTo("***");
    }
}
