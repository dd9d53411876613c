package org.voyage.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Optional;

/** Response of a service. */
record ApiResponse(String request, int status, HttpHeaders headers, byte[] body) {

    private static final ObjectMapper JSON = new ObjectMapper();

    boolean isOk() {
        return status / 100 == 2;
    }

    /** Returns this response, or throws a refusal with the request and the service's message. */
    ApiResponse requireOk() {
        if (!isOk()) {
            throw new ServiceRefusedException(this);
        }
        return this;
    }

    /** Waits the seconds of {@code Retry-After}. */
    void pauseForRetryAfter() {
        try {
            Thread.sleep(
                    Duration.ofSeconds(headers.firstValueAsLong("Retry-After").orElse(1)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServiceRefusedException(request + " was interrupted");
        }
    }

    JsonNode parseJson() {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(request + " did not answer JSON", e);
        }
    }

    /** Returns the receipt of the write; empty when nothing changed. */
    Optional<String> receipt() {
        return headers.firstValue("Voyage-Receipt").filter(text -> !text.isBlank());
    }
}
