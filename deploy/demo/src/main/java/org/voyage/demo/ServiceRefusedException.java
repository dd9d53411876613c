package org.voyage.demo;

import java.nio.charset.StandardCharsets;

/** Failure of a request that a service refused. */
final class ServiceRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private static final int GONE = 410;

    private final int status;

    ServiceRefusedException(ApiResponse answer) {
        super(answer.request() + " answered " + answer.status() + ": "
                + new String(answer.body(), StandardCharsets.UTF_8));
        this.status = answer.status();
    }

    ServiceRefusedException(String sentence) {
        super(sentence);
        this.status = 0;
    }

    /** Returns whether the service no longer keeps the requested events. */
    boolean isGone() {
        return status == GONE;
    }
}
