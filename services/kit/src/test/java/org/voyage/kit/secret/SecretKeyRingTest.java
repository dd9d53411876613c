package org.voyage.kit.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretKeyRingTest {

    private static final byte[] SECRET = {1, 2, 3};
    private static final byte[] OWNER = {12};

    private static SecretKeyRing createRing(int primary) {
        return new SecretKeyRing(createKeys(Map.of(1, keyOf("one"), 2, keyOf("two")), primary));
    }

    private static ConfiguredKeys createKeys(Map<Integer, String> keys, int primary) {
        return new ConfiguredKeys("voyage.test.keys", keys, primary);
    }

    private static String keyOf(String text) {
        return Base64.getEncoder()
                .encodeToString(Arrays.copyOf(text.getBytes(StandardCharsets.US_ASCII), ConfiguredKeys.KEY_BYTES));
    }

    @Test
    void a_secret_is_decrypted_by_its_old_key_while_that_key_is_present() {
        byte[] encrypted = createRing(1).encrypt(SECRET, OWNER);

        assertThat(createRing(2).decrypt(encrypted, OWNER)).isEqualTo(SECRET);
        assertThatThrownBy(() -> new SecretKeyRing(createKeys(Map.of(2, keyOf("two")), 2)).decrypt(encrypted, OWNER))
                .isInstanceOf(SecretKeyRing.UndecryptableSecretException.class);
    }

    @Test
    void a_secret_is_bound_to_its_owner_and_any_change_is_noticed() {
        byte[] encrypted = createRing(1).encrypt(SECRET, OWNER);

        assertThatThrownBy(() -> createRing(1).decrypt(encrypted, new byte[] {13}))
                .isInstanceOf(SecretKeyRing.UndecryptableSecretException.class);
        encrypted[encrypted.length - 1] ^= 1;
        assertThatThrownBy(() -> createRing(1).decrypt(encrypted, OWNER))
                .isInstanceOf(SecretKeyRing.UndecryptableSecretException.class);
    }

    @Test
    void a_key_that_cannot_be_used_is_named_by_its_number_only() {
        assertThatThrownBy(() -> createKeys(Map.of(1, keyOf("one")), 2))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("voyage.test.keys.2");
        assertThatThrownBy(() -> createKeys(Map.of(1, "c2hvcnQ="), 1))
                .hasMessageContaining("32 bytes")
                .hasMessageNotContaining("c2hvcnQ");
        assertThatThrownBy(() -> createKeys(Map.of(1, "not base64"), 1))
                .hasMessageContaining("Base64")
                .hasMessageNotContaining("not base64");
    }

    @Test
    void the_keys_of_a_laptop_are_refused_in_production() {
        ConfiguredKeys local = createKeys(Map.of(1, keyOf(ConfiguredKeys.LOCAL_KEY_PREFIX + "x")), 1);

        assertThatThrownBy(local::requireNoLocalKeys).hasMessageContaining("not for production");
        assertThatCode(() -> createKeys(Map.of(1, keyOf("other")), 1).requireNoLocalKeys())
                .doesNotThrowAnyException();
    }
}
