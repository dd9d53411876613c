package org.voyage.demo;

import java.nio.charset.StandardCharsets;

/** Failure of a request that a service refused. */
final class ServiceRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    ServiceRefusedException(ApiResponse answer) {
        this(answer.request() + " answered " + answer.status() + ": "
                + new String(answer.body(), StandardCharsets.UTF_8));
    }

    ServiceRefusedException(String sentence) {
        super(sentence);
    }
}
