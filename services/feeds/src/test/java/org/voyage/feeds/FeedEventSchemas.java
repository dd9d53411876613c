package org.voyage.feeds;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.voyage.kit.reference.ContractFile;

/** Schemas of the events that alliances get (contracts/feeds/events), for the events of the tests. */
public final class FeedEventSchemas {

    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final String SCHEMA_PREFIX = "urn:voyage:feeds:";
    private static final String EVENT = SCHEMA_PREFIX + "feed-event:v1";
    private static final Map<String, Schema> SCHEMAS = new ConcurrentHashMap<>();

    private FeedEventSchemas() {}

    /** Fails unless an event and its data are as their schemas say. */
    public static void requireValid(JsonNode event) {
        assertThat(findErrors(EVENT, event)).as(event.toString()).isEmpty();
        assertThat(findErrors(event.path("dataschema").asText(), event.path("data")))
                .as(event.toString())
                .isEmpty();
    }

    private static List<String> findErrors(String schema, JsonNode document) {
        return SCHEMAS
                .computeIfAbsent(schema, FeedEventSchemas::load)
                .validate(document, context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(Object::toString)
                .toList();
    }

    private static Schema load(String name) {
        String file = name.substring(SCHEMA_PREFIX.length()).replace(':', '.') + ".schema.json";
        try (InputStream in = ContractFile.open("feeds/events/" + file)) {
            return REGISTRY.getSchema(new String(in.readAllBytes(), StandardCharsets.UTF_8), InputFormat.JSON);
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
    }
}
