package org.voyage.feeds.record;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Pseudonym of a record for readers outside: a keyed hash of record, province and source id. It says nothing of the key, is the
 * same in all feeds, and comes out the same after a restore or a rebuild.
 */
public final class RecordPseudonym {

    private static final int ID_BYTES = 15;
    private static final int ID_LENGTH = 24;
    private static final int RADIX = 32;

    private final SecretKeySpec key;

    /** @param key at least 32 bytes; never changed, or readers see every record under a new name */
    public RecordPseudonym(byte[] key) {
        this.key = new SecretKeySpec(key, "HmacSHA256");
    }

    /** Returns 24 letters and digits. */
    public String of(FeedRecord record, String province, String sourceId) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            byte[] hash =
                    mac.doFinal((record.wireName() + "/" + province + "/" + sourceId).getBytes(StandardCharsets.UTF_8));
            String digits = new BigInteger(1, Arrays.copyOf(hash, ID_BYTES)).toString(RADIX);
            return "0".repeat(ID_LENGTH - digits.length()) + digits;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
