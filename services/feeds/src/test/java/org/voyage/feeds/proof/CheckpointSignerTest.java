package org.voyage.feeds.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.crypto.tink.subtle.Ed25519Verify;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.LocalDate;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.voyage.kittest.FeedTrap;
import org.voyage.kittest.TrapTest;

class CheckpointSignerTest {

    private static final LocalDate ROTATION = LocalDate.parse("2026-12-01");
    private static final String NOTE =
            CheckpointSigner.formatNote("f", 1, 7, HashChain.start(), "2026-11-29T00:00:00Z");

    @TrapTest(FeedTrap.CHECKPOINT_KEY_ROTATION)
    @Test
    void after_a_rotation_the_former_key_stays_public_with_its_days_and_verifies_what_it_signed() throws Exception {
        byte[] formerSignature = new CheckpointSigner(new RotatedKeys(Map.of(1, seed('a')), 1)).sign(NOTE);
        CheckpointSigner signer = new CheckpointSigner(new RotatedKeys(Map.of(1, seed('a'), 2, seed('b')), 2));

        CheckpointKey former = findKey(signer, "1");
        CheckpointKey present = findKey(signer, "2");

        assertThat(signer.keyId()).isEqualTo("2");
        assertThat(former.until()).isEqualTo(ROTATION);
        assertThat(present.from()).isEqualTo(ROTATION);
        assertThat(present.until()).isNull();
        assertThat(isValid(former, formerSignature)).isTrue();
        assertThat(isValid(present, signer.sign(NOTE))).isTrue();
        assertThat(isValid(present, formerSignature)).isFalse();
    }

    private static CheckpointKey findKey(CheckpointSigner signer, String id) {
        return signer.publicKeys().stream()
                .filter(key -> key.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isValid(CheckpointKey key, byte[] signature) {
        try {
            new Ed25519Verify(key.publicKey()).verify(signature, NOTE.getBytes(StandardCharsets.UTF_8));
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static String seed(char letter) {
        return Base64.getEncoder()
                .encodeToString(Character.toString(letter).repeat(32).getBytes(StandardCharsets.US_ASCII));
    }

    /** Configuration of two keys, of which the second replaces the first on a day. */
    private record RotatedKeys(Map<Integer, String> keys, int primary) implements CheckpointConfig {

        @Override
        public Map<Integer, LocalDate> until() {
            return Map.of(1, ROTATION);
        }
    }
}
