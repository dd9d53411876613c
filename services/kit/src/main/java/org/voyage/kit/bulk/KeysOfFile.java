package org.voyage.kit.bulk;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The keys that rows of a file have had so far, however long it is: of each its hash of 64 bits alone, so that a million take
 * 16 MB.
 */
final class KeysOfFile {
    private static final int FIRST = 1 << 10;

    private final MessageDigest digest;
    /** Each at the place that its lower bits name, or the next that is free, which holds 0. */
    private long[] table = new long[FIRST];

    private int size;

    KeysOfFile() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** @return false if it was there already */
    boolean add(String key) {
        long hash = ByteBuffer.wrap(digest.digest(key.getBytes(StandardCharsets.UTF_8)))
                .getLong();
        if (!put(table, hash == 0 ? 1 : hash)) {
            return false;
        }
        size++;
        if (size > table.length / 2) {
            long[] larger = new long[2 * table.length];
            for (long one : table) {
                if (one != 0) {
                    put(larger, one);
                }
            }
            table = larger;
        }
        return true;
    }

    private static boolean put(long[] into, long hash) {
        int place = (int) hash & into.length - 1;
        while (into[place] != 0) {
            if (into[place] == hash) {
                return false;
            }
            place = place + 1 & into.length - 1;
        }
        into[place] = hash;
        return true;
    }
}
