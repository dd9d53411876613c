package org.voyage.indicators.feature.preview;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.reference.CodeList;
import org.voyage.indicators.reference.Geography;
import org.voyage.indicators.reference.ReferenceData;
import org.voyage.kit.input.PersonalValueFilter;
import org.voyage.kit.privacy.RepeatedInputValues;
import org.voyage.kit.problem.Finding;

/**
 * Validator of record states against the schemas of their events in {@code contracts/events}. Only the record's service
 * can check rules that depend on other records or on the current day.
 */
@ApplicationScoped
class RecordSchemaValidator {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private final ReferenceData reference;
    /** Read on first use, because most starts need no schema. */
    private final Map<String, Optional<RecordSchema>> forms = new ConcurrentHashMap<>();

    RecordSchemaValidator(ReferenceData reference) {
        this.reference = reference;
    }

    /**
     * @param fields the fields of its events
     * @param personal fields that the service accepts and no event holds
     */
    private record RecordSchema(Schema schema, Set<String> fields, Set<String> personal) {

        /**
         * Removes values and property names that may be a person's name from the findings of a record with personal
         * data.
         */
        Finding redactFinding(Finding finding, String pointer) {
            if (personal.isEmpty()) {
                return finding;
            }
            String last = finding.pointer().substring(finding.pointer().lastIndexOf('/') + 1);
            boolean told = finding.pointer().equals(pointer)
                    || PersonalValueFilter.isProperty(last)
                    || PersonalValueFilter.isHarmless(last);
            return new Finding(
                    told ? finding.pointer() : pointer,
                    finding.rule(),
                    RepeatedInputValues.redactValues(finding.detail(), this::mayBePersonalName),
                    RepeatedInputValues.redactValues(finding.detailZh(), this::mayBePersonalName));
        }

        private boolean mayBePersonalName(String quoted) {
            return !fields.contains(quoted) && !PersonalValueFilter.isHarmless(quoted);
        }
    }

    /** Returns the state as an event would hold it: without fields that are null, and without personal ones. */
    ObjectNode toEventState(String record, ObjectNode state) {
        Set<String> personal = schemaOf(record).map(RecordSchema::personal).orElse(Set.of());
        if (state.properties().stream().noneMatch(field -> isLeftOut(field, personal))) {
            return state;
        }
        ObjectNode without = state.deepCopy();
        without.properties().removeIf(field -> isLeftOut(field, personal));
        return without;
    }

    private static boolean isLeftOut(Map.Entry<String, JsonNode> field, Set<String> personal) {
        return field.getValue().isNull() || personal.contains(field.getKey());
    }

    /**
     * Validates a state; returns no findings for a record without a schema.
     *
     * @param pointer of the state
     */
    List<Finding> validate(String record, JsonNode state, String pointer) {
        RecordSchema form = schemaOf(record).orElse(null);
        if (form == null) {
            return List.of();
        }
        List<Finding> findings = new ArrayList<>();
        Set<String> places = new HashSet<>();
        for (Error error : form.schema()
                .validate(state, context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))) {
            Finding finding = form.redactFinding(SchemaErrorMessages.toFinding(error, pointer), pointer);
            // A text that is no day breaks its pattern, too.
            if (places.add(finding.pointer() + (finding.pointer().equals(pointer) ? finding.detail() : ""))) {
                findings.add(finding);
            }
        }
        if (findings.isEmpty()) {
            validateCountries(record, state, pointer, findings);
            findings.replaceAll(finding -> form.redactFinding(finding, pointer));
        }
        return findings;
    }

    /** Checks that countries exist. The schema knows only their format; the code list knows the countries. */
    private void validateCountries(String record, JsonNode node, String pointer, List<Finding> findings) {
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                validateCountries(record, node.get(i), pointer + "/" + i, findings);
            }
        }
        node.properties().forEach(field -> {
            String place = pointer + "/" + field.getKey();
            if (!Geography.COUNTRY_FIELDS.contains(field.getKey())) {
                validateCountries(record, field.getValue(), place, findings);
                return;
            }
            CodeList known =
                    reference.findCodes(List.of(record), field.getKey()).orElse(null);
            String code = field.getValue().textValue();
            if (known != null && code != null && !known.containsCode(code)) {
                findings.add(SchemaErrorMessages.toCountryFinding(place, code, known));
            }
        });
    }

    private Optional<RecordSchema> schemaOf(String record) {
        return forms.computeIfAbsent(record, RecordSchemaValidator::readSchema);
    }

    private static Optional<RecordSchema> readSchema(String record) {
        try (InputStream schema = openResource("/contracts/events/" + record + "-changed.v1.schema.json")) {
            if (schema == null) {
                return Optional.empty();
            }
            JsonNode state = JSON.readTree(schema).at("/$defs/record");
            Set<String> fields = new HashSet<>();
            state.path("properties").fieldNames().forEachRemaining(fields::add);
            return Optional.of(new RecordSchema(SCHEMAS.getSchema(state), Set.copyOf(fields), personalFields(record)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> personalFields(String record) throws IOException {
        try (InputStream fields = openResource("/contracts/records/" + record + ".yaml")) {
            Set<String> personal = new HashSet<>();
            if (fields != null) {
                for (JsonNode field : YAML.readTree(fields).path("fields")) {
                    if (field.path("personal").asBoolean()) {
                        personal.add(field.path("name").asText());
                    }
                }
            }
            return Set.copyOf(personal);
        }
    }

    @SuppressWarnings("resource") // the caller closes it
    private static @Nullable InputStream openResource(String name) {
        return RecordSchemaValidator.class.getResourceAsStream(name);
    }
}
