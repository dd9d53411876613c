package org.voyage.feeds.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Request that a receiver has read. */
@SuppressWarnings("ArrayRecordComponent") // bytes to verify
record ReceivedWebhook(Map<String, String> headers, byte[] body) {

    private static final JsonMapper JSON = new JsonMapper();

    String id() {
        return header("webhook-id");
    }

    String header(String name) {
        return Objects.requireNonNull(headers.get(name), name);
    }

    boolean isBatch() {
        return header("content-type").startsWith("application/cloudevents-batch+json");
    }

    JsonNode tree() {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the ids of its events, in order. */
    List<String> eventIds() {
        List<String> ids = new ArrayList<>();
        JsonNode tree = tree();
        if (tree.isArray()) {
            tree.forEach(each -> ids.add(each.path("id").asText()));
        } else {
            ids.add(tree.path("id").asText());
        }
        return ids;
    }

    /** Returns the events, in order. */
    List<String> eventBodies() {
        JsonNode tree = tree();
        List<String> bodies = new ArrayList<>();
        (tree.isArray() ? tree : List.of(tree)).forEach(each -> bodies.add(each.toString()));
        return bodies;
    }
}
