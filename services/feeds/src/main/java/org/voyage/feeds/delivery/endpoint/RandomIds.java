package org.voyage.feeds.delivery.endpoint;

import java.security.SecureRandom;

/** Random ids that count nothing. */
final class RandomIds {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String LETTERS = "0123456789abcdefghjkmnpqrstvwxyz";

    private RandomIds() {}

    /** Returns an id of so many letters and digits, of 5 bits each. */
    static String newId(int length) {
        StringBuilder id = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            id.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
        }
        return id.toString();
    }
}
