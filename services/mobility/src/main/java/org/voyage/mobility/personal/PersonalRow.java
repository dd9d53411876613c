package org.voyage.mobility.personal;

import org.jspecify.annotations.Nullable;
import org.voyage.kit.record.RecordKey;

/**
 * One encrypted row of personal data.
 *
 * @param keyId number of the key that encrypted it
 * @param pseudonym null without a passport number
 * @param pseudonymKeyId number of the key that made pseudonym and fingerprint
 * @param fingerprint shows whether the same data was sent again
 */
record PersonalRow(
        RecordKey key,
        byte[] ciphertext,
        int keyId,
        @Nullable String pseudonym,
        int pseudonymKeyId,
        byte[] fingerprint) {}
