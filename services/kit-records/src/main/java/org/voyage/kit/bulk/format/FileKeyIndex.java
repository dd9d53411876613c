package org.voyage.kit.bulk.format;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Locale;

/**
 * Index of the keys of a file's rows, of any number, each in its exact and its normalised spelling. The index stores
 * 64-bit hashes, and the first row of each normalised key. A million keys take 40 MB; those beyond a limit of memory are in
 * files without a name, which the operating system deletes with this process. The hashes begin with a random text, so that
 * no attacker finds the keys by trial.
 */
public final class FileKeyIndex implements Closeable {
    private static final int SALT_BYTES = 16;

    private final MessageDigest digest;
    private final byte[] salt = new byte[SALT_BYTES];
    private final KeyHashTable keys;
    private final KeyHashTable spellings;

    private FileKeyIndex(Path folder, long memoryBytes) {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
        new SecureRandom().nextBytes(salt);
        keys = new KeyHashTable(folder, memoryBytes / 2, false);
        spellings = new KeyHashTable(folder, memoryBytes / 2, true);
    }

    /**
     * Opens an empty index.
     *
     * @param folder of the keys beyond the limit
     * @param memoryBytes maximum memory of the index
     */
    public static FileKeyIndex open(Path folder, long memoryBytes) {
        return new FileKeyIndex(folder, memoryBytes);
    }

    /**
     * Adds a key.
     *
     * @return false if the index had the key already
     */
    boolean addKey(String key) {
        return keys.add(hashOf(key), 0) == KeyHashTable.ABSENT;
    }

    /**
     * Adds the normalised spelling of a key.
     *
     * @return the first row with that spelling; this row if there is none before
     */
    long addSpelling(String key, long row) {
        long first = spellings.add(hashOf(normalize(key)), row);
        return first == KeyHashTable.ABSENT ? row : first;
    }

    /** Returns whether a row has had the key in this spelling. */
    public boolean contains(String key) {
        return keys.find(hashOf(key)) != KeyHashTable.ABSENT;
    }

    /** @return the first row that has the key in any spelling; 0 if none has */
    public long findSimilar(String key) {
        return Math.max(0, spellings.find(hashOf(normalize(key))));
    }

    private long hashOf(String text) {
        digest.update(salt);
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

    @Override
    public void close() throws IOException {
        keys.close();
        spellings.close();
    }

    /** Returns the bytes of the tables that are in memory. */
    long memoryBytes() {
        return keys.memoryBytes() + spellings.memoryBytes();
    }
}
