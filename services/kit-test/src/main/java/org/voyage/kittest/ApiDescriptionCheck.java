package org.voyage.kittest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;

/** Check of the texts in a service's OpenAPI document. */
public final class ApiDescriptionCheck {

    private ApiDescriptionCheck() {}

    /** Fails unless every operation has its parameters, answers and refusals, described in both languages. */
    public static void assertDocumented(JsonNode document) {
        SoftAssertions softly = new SoftAssertions();
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> verb : path.getValue().properties()) {
                String name = verb.getKey() + " " + path.getKey();
                JsonNode operation = verb.getValue();
                softly.assertThat(operation.path("summary").asText()).as(name).matches(".*[a-z].* / .*\\p{IsHan}.*");
                for (JsonNode parameter : operation.path("parameters")) {
                    softly.assertThat(parameter.path("description").asText())
                            .as(name + " " + parameter.path("name").asText())
                            .isNotBlank();
                }
                JsonNode responses = operation.path("responses");
                softly.assertThat(responses.properties()).as(name).anySatisfy(response -> {
                    assertThat(response.getKey()).startsWith("2");
                    assertThat(response.getKey().equals("204")
                                    || !response.getValue().path("content").isEmpty())
                            .isTrue();
                });
                for (String status : new String[] {"400", "401", "403", "429", "503"}) {
                    JsonNode refusal = document.at(
                            responses.path(status).path("$ref").asText("#/none").substring(1));
                    softly.assertThat(refusal.at("/content/application~1problem+json/schema/$ref")
                                    .asText())
                            .as(name + " " + status)
                            .isEqualTo("#/components/schemas/Problem");
                }
            }
        }
        assertTyped(document, softly);
        softly.assertAll();
    }

    /** Fails unless every operation has an id and every parameter a type, and no schema shows the inside of a library. */
    public static void assertTyped(JsonNode document) {
        SoftAssertions softly = new SoftAssertions();
        assertTyped(document, softly);
        softly.assertAll();
    }

    private static void assertTyped(JsonNode document, SoftAssertions softly) {
        Set<String> ids = new HashSet<>();
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> verb : path.getValue().properties()) {
                String name = verb.getKey() + " " + path.getKey();
                String id = verb.getValue().path("operationId").asText();
                softly.assertThat(id).as(name).matches("[a-z][A-Za-z]+");
                softly.assertThat(ids.add(id))
                        .as(name + ": " + id + " is its own")
                        .isTrue();
                for (JsonNode parameter : verb.getValue().path("parameters")) {
                    softly.assertThat(parameter.path("schema").has("type"))
                            .as(name + " " + parameter.path("name").asText() + " has a type")
                            .isTrue();
                }
                verb.getValue()
                        .path("responses")
                        .properties()
                        .forEach(response -> response.getValue()
                                .path("content")
                                .properties()
                                .forEach(media -> softly.assertThat(
                                                media.getValue().has("schema"))
                                        .as(name + " " + response.getKey() + " " + media.getKey() + " has a schema")
                                        .isTrue()));
            }
        }
        softly.assertThat(document.at("/components/schemas").properties())
                .as("schemas")
                .extracting(Map.Entry::getKey)
                .doesNotContain("JsonNode", "ObjectNode", "JsonNodeType", "JsonBody", "Instant", "LocalDate", "UUID");
    }
}
