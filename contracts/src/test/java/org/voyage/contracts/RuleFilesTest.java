package org.voyage.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleFilesTest {

    private static final String GENERAL = "general.yaml";

    /** Subjects of rules in code in addition to those of the files: a year is a record of every service. */
    private static final Set<String> RECORDS_OF_ALL = Set.of("all", "year-close");

    static List<String> files() {
        return Contracts.files("rules", ".yaml");
    }

    @ParameterizedTest
    @MethodSource("files")
    void every_file_is_valid(String file) {
        assertThat(Contracts.errors(Contracts.schema("rules/rules.schema.json"), Contracts.yaml("rules/" + file)))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("files")
    void an_id_means_one_thing_within_a_service(String file) {
        Stream<String> general = file.equals(GENERAL) ? Stream.of() : ids(GENERAL).stream();
        assertThat(Stream.concat(general, ids(file).stream())).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("files")
    void rules_are_for_records_that_exist(String file) {
        Set<String> known = new HashSet<>(RECORDS_OF_ALL);
        for (String record : Contracts.files("records", ".yaml")) {
            JsonNode described = Contracts.yaml("records/" + record);
            if (file.equals(GENERAL) || file.equals(described.path("service").asText() + ".yaml")) {
                known.add(described.path("record").asText());
            }
        }
        assertThat(rules(file).flatMap(rule -> stream(rule.path("records"))).map(JsonNode::asText))
                .isSubsetOf(known);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mobility", "cooperation", "overseas", "standards"})
    void a_service_has_a_rule_for_each_that_its_code_or_its_records_name_and_no_other(String service) {
        Set<String> known = RuleIds.of(sources(service));
        recordsOf(service)
                .flatMap(record -> stream(record.path("fields")))
                .filter(field -> field.has("rule"))
                .forEach(field -> known.add(field.path("rule").asText()));
        assertThat(new TreeSet<>(ids(service + ".yaml"))).isEqualTo(known);
    }

    private static Stream<JsonNode> recordsOf(String service) {
        return Contracts.files("records", ".yaml").stream()
                .map(file -> Contracts.yaml("records/" + file))
                .filter(record -> record.path("service").asText().equals(service));
    }

    @Test
    void the_general_rules_are_those_that_the_code_of_the_kit_speaks_of() {
        Set<String> known = new TreeSet<>();
        Stream.of("kit", "kit-log", "kit-records").forEach(kit -> known.addAll(RuleIds.of(sources(kit))));
        assertThat(new TreeSet<>(ids(GENERAL))).isEqualTo(known);
    }

    private static Path sources(String module) {
        return Path.of("..", "services", module, "src", "main", "java");
    }

    private static List<String> ids(String file) {
        return rules(file).map(rule -> rule.path("id").asText()).toList();
    }

    private static Stream<JsonNode> rules(String file) {
        return stream(Contracts.yaml("rules/" + file).path("rules"));
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
