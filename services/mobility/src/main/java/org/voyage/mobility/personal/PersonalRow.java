package org.voyage.mobility.personal;

import org.jspecify.annotations.Nullable;
import org.voyage.kit.record.RecordKey;

/**
 * Personal data as it is stored.
 *
 * @param keyId of the key that encrypted it
 * @param pseudonym null without a passport number
 * @param pseudonymKeyId of the key that made pseudonym and fingerprint
 * @param fingerprint tells whether the same was sent again
 */
record PersonalRow(
        RecordKey key,
        byte[] ciphertext,
        int keyId,
        @Nullable String pseudonym,
        int pseudonymKeyId,
        byte[] fingerprint) {}
