package org.voyage.kit.bulk.format;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.Locale;

/**
 * Index of the keys of a file's rows, of any number, each in its exact and its normalised spelling. The index stores
 * 64-bit hashes, and the first row of each normalised key, so that a million keys take 40 MB.
 */
public final class FileKeyIndex {

    private final MessageDigest digest;
    private final KeyHashTable keys = new KeyHashTable(false);
    private final KeyHashTable spellings = new KeyHashTable(true);

    FileKeyIndex() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /**
     * Adds a key.
     *
     * @return false if the index had the key already
     */
    boolean addKey(String key) {
        return keys.add(hashOf(key), 0) < 0;
    }

    /**
     * Adds the normalised spelling of a key.
     *
     * @return the first row with that spelling; this row if there is none before
     */
    long addSpelling(String key, long row) {
        int first = spellings.add(hashOf(normalize(key)), (int) row);
        return first < 0 ? row : Integer.toUnsignedLong(spellings.rowAt(first));
    }

    /** Returns whether a row has had the key in this spelling. */
    public boolean contains(String key) {
        return keys.find(hashOf(key)) >= 0;
    }

    /** @return the first row that has the key in any spelling; 0 if none has */
    public long findSimilar(String key) {
        int first = spellings.find(hashOf(normalize(key)));
        return first < 0 ? 0 : Integer.toUnsignedLong(spellings.rowAt(first));
    }

    private long hashOf(String text) {
        long hash = ByteBuffer.wrap(digest.digest(text.getBytes(StandardCharsets.UTF_8)))
                .getLong();
        return hash == 0 ? 1 : hash;
    }

    /**
     * Returns the common form of keys that differ in capitals, dashes, underscores, blanks or leading zeros only. A
     * separator between two numbers stays: {@code 1-12} is not {@code 11-2}.
     */
    static String normalize(String key) {
        String narrow = Normalizer.normalize(key, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        StringBuilder common = new StringBuilder(narrow.length());
        boolean apart = false;
        for (int i = 0; i < narrow.length(); i++) {
            char c = narrow.charAt(i);
            if (isSeparator(c)) {
                apart = true;
                continue;
            }
            boolean behindNumber = !common.isEmpty() && isDigit(common.charAt(common.length() - 1));
            boolean leads = apart || !behindNumber;
            if (c == '0' && leads && i + 1 < narrow.length() && isDigit(narrow.charAt(i + 1))) {
                continue;
            }
            if (apart && behindNumber && isDigit(c)) {
                common.append('-');
            }
            common.append(c);
            apart = false;
        }
        return common.toString();
    }

    private static boolean isSeparator(char c) {
        return c == '_'
                || c == '\u2212'
                || Character.getType(c) == Character.DASH_PUNCTUATION
                || Character.isWhitespace(c)
                || Character.isSpaceChar(c);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** A set of hashes, none of them 0; each at the place that its lower bits name, or the next that is free. */
    private static final class KeyHashTable {
        private static final int INITIAL_CAPACITY = 1 << 10;

        private long[] table = new long[INITIAL_CAPACITY];
        /** Row of each hash, unsigned; empty if the table stores no rows. */
        private int[] rows;

        private int size;

        KeyHashTable(boolean ofRows) {
            rows = new int[ofRows ? INITIAL_CAPACITY : 0];
        }

        /** @return the existing place of the hash; -1 if it was added */
        int add(long hash, int row) {
            int there = insert(table, rows, hash, row);
            if (there < 0 && ++size > table.length / 4 * 3) {
                growTable();
            }
            return there;
        }

        /** @return the place of the hash; -1 if it is absent */
        int find(long hash) {
            int place = (int) hash & table.length - 1;
            while (table[place] != 0) {
                if (table[place] == hash) {
                    return place;
                }
                place = place + 1 & table.length - 1;
            }
            return -1;
        }

        int rowAt(int place) {
            return rows[place];
        }

        private void growTable() {
            long[] larger = new long[2 * table.length];
            int[] theirs = new int[2 * rows.length];
            for (int i = 0; i < table.length; i++) {
                if (table[i] != 0) {
                    insert(larger, theirs, table[i], rows.length == 0 ? 0 : rows[i]);
                }
            }
            table = larger;
            rows = theirs;
        }

        private static int insert(long[] into, int[] rows, long hash, int row) {
            int place = (int) hash & into.length - 1;
            while (into[place] != 0) {
                if (into[place] == hash) {
                    return place;
                }
                place = place + 1 & into.length - 1;
            }
            into[place] = hash;
            if (rows.length > 0) {
                rows[place] = row;
            }
            return -1;
        }
    }
}
