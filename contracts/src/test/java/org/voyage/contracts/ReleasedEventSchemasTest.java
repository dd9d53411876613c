package org.voyage.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Test that the schemas of events break no reader of the last release, {@code contracts/…/released/<version>}. */
class ReleasedEventSchemasTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * A released schema.
     *
     * @param path path of the present one, below {@code contracts/}
     */
    record ReleasedSchema(String version, String path, String releasedPath) {}

    static List<ReleasedSchema> releasedSchemas() {
        return Stream.of("events", "feeds/events")
                .flatMap(folder -> {
                    String version = findNewestRelease(folder);
                    String released = folder + "/released/" + version;
                    return Contracts.files(released, ".schema.json").stream()
                            .map(file -> new ReleasedSchema(version, folder + "/" + file, released + "/" + file));
                })
                .toList();
    }

    private static String findNewestRelease(String folder) {
        return Contracts.files(folder + "/released", "").stream()
                // Runtime.Version accepts no version 0, and no zero at the end.
                .max(Comparator.comparing(version -> Runtime.Version.parse("1." + version.replaceAll("(\\.0)+$", ""))))
                .orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("releasedSchemas")
    void no_schema_breaks_a_reader_of_the_last_release(ReleasedSchema schema) {
        assertThat(Files.exists(Contracts.path("events").resolveSibling(schema.path())))
                .withFailMessage(
                        "contracts/%s is gone, and readers of %s still know its events.",
                        schema.path(), schema.version())
                .isTrue();

        List<String> breaks = EventSchemaComparison.findBreakingChanges(
                Contracts.json(schema.releasedPath()), Contracts.json(schema.path()));

        assertThat(breaks)
                .withFailMessage(
                        "contracts/%s breaks readers of %s: %s. Make a new version of the event next to this one.",
                        schema.path(), schema.version(), String.join("; ", breaks))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // Fields
                "{'properties':{'a':{}}} | {'properties':{'b':{}}} | a is gone",
                "{'properties':{'a':{'properties':{'b':{}}}}} | {'properties':{'a':{'properties':{}}}} | a.b is gone",
                "{'required':['a'],'properties':{'a':{}}} | {'properties':{'a':{}}} | a was always there and may be absent now",
                "{'properties':{'a':{'type':'string'}}} | {'properties':{'a':false}} | a is never there any more",
                "{'properties':{'a':false}} | {'properties':{'a':{}}} | a may be there now",
                // Types and values
                "{'type':'string'} | {'type':'integer'} | the event was of type string and is now of type integer",
                "{'type':'string'} | {'type':['string','null']} | the event was of type string and is now of type null, string",
                "{'type':'string'} | {} | the event was of type string and may be of any type now",
                "{'type':'string'} | {'enum':['x',1]} | the event was of type string and is now of type integer, string",
                "{'enum':['x']} | {'enum':['x','y']} | the event may have the value \"y\" now",
                "{'const':'x'} | {'const':'y'} | the event may have the value \"y\" now",
                "{'enum':['x']} | {'type':'string'} | the event had the values \"x\" only and may have any now",
                // Bounds
                "{'minLength':1} | {'minLength':0} | the event had minLength 1 and has 0 now",
                "{'maxLength':9} | {'maxLength':10} | the event had maxLength 9 and has 10 now",
                "{'maximum':9} | {} | the event had maximum 9 and has none now",
                "{'pattern':'a'} | {'pattern':'b'} | the event had pattern \"a\" and has \"b\" now",
                "{'uniqueItems':true} | {} | the event had uniqueItems true and has none now",
                "{'items':{'type':'string'}} | {'items':{'type':'number'}} | [] was of type string and is now of type number",
                "{'items':{'type':'string'}} | {} | [] was of type string and may be of any type now",
                // Rules and alternatives
                "{'allOf':[{'minimum':1}]} | {} | the event lost a rule",
                "{'allOf':[{'minimum':2}]} | {'allOf':[{'minimum':1}]} | the event had minimum 2 and has 1 now",
                "{'if':{'const':1},'then':{'minimum':1}} | {'if':{'const':2},'then':{'minimum':1}} | the event had if {\"const\":1} and has {\"const\":2} now",
                "{'if':{'const':1},'then':{'required':['a']}} | {'if':{'const':1}} | a was always there and may be absent now",
                "{'oneOf':[{'type':'null'}]} | {'oneOf':[{'type':'null'},{'type':'string'}]} | the event was of type null and is now of type string",
                "{'oneOf':[{'$ref':'#/$defs/r'},{'type':'null'}],'$defs':{'r':{'properties':{'a':{}}}}}"
                        + " | {'oneOf':[{'$ref':'#/$defs/r'},{'type':'null'}],'$defs':{'r':{'properties':{}}}} | a is gone",
                "{'not':{'const':1}} | {} | the event had not {\"const\":1} and has none now",
            })
    void a_change_that_a_reader_of_the_release_does_not_expect_is_named(
            String released, String present, String expected) throws JsonProcessingException {
        assertThat(EventSchemaComparison.findBreakingChanges(parse(released), parse(present)))
                .containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'string','description':'x'} | {'type':'string','description':'y'}",
                "{'properties':{'a':{}},'additionalProperties':false} | {'properties':{'a':{},'b':{}},'additionalProperties':false}",
                "{'properties':{'a':{}}} | {'properties':{'a':{}},'required':['a']}",
                "{'type':'number'} | {'type':'integer'}",
                "{'type':['string','null']} | {'type':'string'}",
                "{'enum':['x','y']} | {'const':'y'}",
                "{'type':'string','maxLength':3} | {'type':'string','maxLength':2,'minLength':1,'pattern':'a'}",
                "{'oneOf':[{'type':'null'},{'type':'string'}]} | {'oneOf':[{'type':'string'}]}",
                "{'oneOf':[{'type':'null'},{'type':'string'}]} | {'type':'string'}",
                "{'oneOf':[{'type':'null'},{'type':'string'}]} | {'oneOf':[{'type':'string'},{'type':'null'}]}",
                "{'allOf':[{'minimum':1}]} | {'allOf':[{'maximum':3},{'minimum':2}]}",
                "{} | {'if':{'const':1},'then':{'required':['a']},'not':{'const':2}}",
                "{'$ref':'#/$defs/a','$defs':{'a':{'type':'string'}}} | {'type':'string'}",
            })
    void a_change_that_a_reader_of_the_release_does_not_notice_is_allowed(String released, String present)
            throws JsonProcessingException {
        assertThat(EventSchemaComparison.findBreakingChanges(parse(released), parse(present)))
                .isEmpty();
    }

    @Test
    void a_keyword_that_is_not_compared_is_refused() {
        assertThatThrownBy(() -> EventSchemaComparison.findBreakingChanges(
                        parse("{}"), parse("{'dependentRequired':{'a':['b']}}")))
                .hasMessageContaining("dependentRequired");
    }

    private static JsonNode parse(String schema) throws JsonProcessingException {
        return JSON.readTree(schema.replace('\'', '"'));
    }
}
