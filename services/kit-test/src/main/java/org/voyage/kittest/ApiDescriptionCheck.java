package org.voyage.kittest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
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
        softly.assertAll();
    }
}
