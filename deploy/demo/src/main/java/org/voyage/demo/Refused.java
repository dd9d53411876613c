package org.voyage.demo;

import java.nio.charset.StandardCharsets;

/** A service did not do what was asked. */
final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1;

    Refused(Answer answer) {
        this(answer.request() + " answered " + answer.status() + ": "
                + new String(answer.body(), StandardCharsets.UTF_8));
    }

    Refused(String sentence) {
        super(sentence);
    }
}
