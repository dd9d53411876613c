package org.voyage.kit.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An audit entry as stored.
 *
 * @param texts the columns of {@link #TEXT_COLUMNS}, in that order
 */
record StoredAuditEntry(long position, Instant at, List<@Nullable String> texts) {
    static final String TEXT_COLUMNS =
            "action, outcome, record, province, object, actor, roles, address, request_id, details";
    static final String COLUMNS = "position, at, " + TEXT_COLUMNS;
    static final int HASH_BYTES = 32;
    private static final int TEXT_COLUMN_COUNT = 10;

    /** Reads {@link #COLUMNS}. */
    static StoredAuditEntry read(ResultSet row) throws SQLException {
        return read(row, row.getLong(1), 2);
    }

    /** Reads the time at an index and {@link #TEXT_COLUMNS} after it. */
    static StoredAuditEntry read(ResultSet row, long position, int time) throws SQLException {
        @Nullable String[] texts = new String[TEXT_COLUMN_COUNT];
        for (int i = 0; i < TEXT_COLUMN_COUNT; i++) {
            texts[i] = row.getString(time + 1 + i);
        }
        return new StoredAuditEntry(
                position, row.getObject(time, OffsetDateTime.class).toInstant(), Arrays.asList(texts));
    }

    /** Returns the hash that the first seal is chained to. */
    static byte[] genesisHash() {
        return new byte[HASH_BYTES];
    }

    /** Returns the SHA-256 of the previous hash and the {@link #canonicalBytes()}. */
    byte[] chainedHash(byte[] before) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(before);
            return digest.digest(canonicalBytes());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /**
     * Returns position and microseconds since 1970, each as 8 bytes, then the columns of {@link #TEXT_COLUMNS}. A
     * column is its number of bytes in UTF-8, in 4 bytes, and the bytes; null is -1. Numbers are big-endian. No two
     * entries have the same bytes.
     */
    byte[] canonicalBytes() {
        @Nullable byte[][] parts = new byte[TEXT_COLUMN_COUNT][];
        int length = 2 * Long.BYTES + TEXT_COLUMN_COUNT * Integer.BYTES;
        for (int i = 0; i < TEXT_COLUMN_COUNT; i++) {
            String text = texts.get(i);
            if (text != null) {
                byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
                parts[i] = utf8;
                length += utf8.length;
            }
        }
        ByteBuffer bytes =
                ByteBuffer.allocate(length).putLong(position).putLong(ChronoUnit.MICROS.between(Instant.EPOCH, at));
        for (byte[] part : parts) {
            if (part == null) {
                bytes.putInt(-1);
            } else {
                bytes.putInt(part.length).put(part);
            }
        }
        return bytes.array();
    }
}
