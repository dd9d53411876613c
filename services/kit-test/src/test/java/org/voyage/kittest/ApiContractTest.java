package org.voyage.kittest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiContractTest {
    private static final String RELEASED = """
            openapi: 3.1.0
            info: { title: Things, version: 1.0.0 }
            paths:
              /v1/things:
                get:
                  parameters:
                  - { name: limit, in: query, schema: { type: string } }
                  responses:
                    "200":
                      description: OK
                      content:
                        application/json:
                          schema: { $ref: '#/components/schemas/Thing' }
                          example: { name: pot, size: 3, note: null, kind: round }
                put:
                  requestBody:
                    content:
                      application/json:
                        schema: { $ref: '#/components/schemas/Sent' }
                        example: { name: pot }
                  responses:
                    "204": { description: Stored }
              /v1/others:
                get:
                  responses:
                    "204": { description: OK }
            components:
              schemas:
                Thing:
                  type: object
                  properties:
                    name: { type: string }
                    size: { type: integer }
                    note: { type: [string, "null"] }
                    kind: { type: string, enum: [round, square] }
                Sent:
                  type: object
                  additionalProperties: false
                  required: [name]
                  properties:
                    name: { type: string }
                    colour: { type: string }
                  allOf:
                  - if: { required: [colour] }
                    then: { required: [name] }
                    else: { properties: { colour: false } }
            """;

    private static ObjectNode parseYaml(String text) throws IOException {
        return (ObjectNode) new ObjectMapper(new YAMLFactory()).readTree(text);
    }

    private static String findBreakingChanges(String text, String replacement) throws IOException {
        assertThat(RELEASED).contains(text);
        return ApiDifference.findBreakingChanges(parseYaml(RELEASED), parseYaml(RELEASED.replace(text, replacement)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            quoteCharacter = '`',
            value = {
                "size: { type: integer }>",
                "colour: { type: string }>",
                "size: { type: integer }>size: { type: string }",
                "note: { type: [string, \"null\"] }>note: { type: integer }",
                "/v1/others:>/v1/another:",
                "name: limit, in: query, schema>name: limit, in: query, required: true, schema",
                "name: limit, in: query, schema>name: limits, in: query, required: true, schema",
                "required: [name]>required: [name, colour]",
                "colour: { type: string }>colour: { type: integer }",
                "application/json:>application/xml:",
                "put:>post:",
            })
    void what_callers_rely_on_cannot_be_taken_away(String text, String replacement) throws IOException {
        assertThat(findBreakingChanges(text, replacement == null ? "" : replacement))
                .isNotEmpty();
    }

    @Test
    void an_addition_is_no_breaking_change() throws IOException {
        assertThat(findBreakingChanges(
                        "size: { type: integer }", "size: { type: integer }\n        weight: { type: integer }"))
                .isEmpty();
        assertThat(findBreakingChanges(
                        "- { name: limit,",
                        "- { name: more, in: query, schema: { type: string } }\n      - { name: limit,"))
                .isEmpty();
        assertThat(findBreakingChanges(
                        "colour: { type: string }", "colour: { type: string }\n        depth: { type: integer }"))
                .isEmpty();
        assertThat(findBreakingChanges(
                        "  /v1/others:",
                        "  /v1/more: { get: { responses: { '204': { description: OK } } } }\n  /v1/others:"))
                .isEmpty();
        assertThat(findBreakingChanges("title: Things", "title: Anything")).isEmpty();
    }

    @Test
    void every_body_and_every_answer_has_an_example() throws IOException {
        assertThat(new ApiExampleCheck(parseYaml(RELEASED)).findFaults()).isEmpty();
        assertThat(new ApiExampleCheck(parseYaml(RELEASED.replaceAll(" *example: .*\n", ""))).findFaults())
                .containsExactlyInAnyOrder(
                        "get /v1/things: 200 application/json", "put /v1/things: request application/json");
    }

    @Test
    void an_example_that_breaks_its_own_schema_is_found() throws IOException {
        assertThat(new ApiExampleCheck(parseYaml(RELEASED.replace("size: 3", "size: big"))).findFaults())
                .singleElement()
                .asString()
                .startsWith("get /v1/things: 200 application/json: ");
    }
}
