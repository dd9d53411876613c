package org.voyage.indicators.query.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.config.IndicatorsConfig;
import org.voyage.indicators.definition.Figure;
import org.voyage.indicators.definition.FigureCatalogue;
import org.voyage.indicators.definition.LocalizedText;
import org.voyage.indicators.query.http.ReferenceNames.DimensionName;
import org.voyage.indicators.query.http.ReferenceNames.FieldName;
import org.voyage.indicators.query.http.ReferenceNames.MembershipListName;
import org.voyage.indicators.query.http.ReferenceNames.ProvinceName;
import org.voyage.indicators.query.http.ReferenceNames.RecordTypeName;
import org.voyage.indicators.reference.CodeLabel;
import org.voyage.indicators.reference.Geography;
import org.voyage.indicators.reference.MembershipList;
import org.voyage.indicators.reference.ReferenceData;
import org.voyage.kit.input.CodeNames.NamedCode;
import org.voyage.kit.reference.CodeListFile;
import org.voyage.kit.reference.ContractFile;

/** Loader of the names of records, dimensions, lists and codes, from {@code contracts}. */
@ApplicationScoped
class ReferenceNameLoader {

    private static final String COUNTRIES = "countries";
    private static final String COLLEGES = "colleges";
    private static final YAMLMapper YAML = new YAMLMapper();

    private final FigureCatalogue catalogue;
    private final ReferenceData reference;
    private final IndicatorsConfig config;

    ReferenceNameLoader(FigureCatalogue catalogue, ReferenceData reference, IndicatorsConfig config) {
        this.catalogue = catalogue;
        this.reference = reference;
        this.config = config;
    }

    /**
     * Loads all names.
     *
     * @throws IllegalStateException when a file of {@code contracts} is missing
     */
    ReferenceNames loadNames() {
        Map<String, RecordTypeName> records = new TreeMap<>();
        config.topics().stream()
                .map(topic -> topic.substring(topic.indexOf('.') + 1))
                .forEach(record -> records.put(record, loadRecord(record)));
        Map<String, DimensionName> dimensions = loadDimensions(records);
        Map<String, Map<String, CodeLabel>> codes = new TreeMap<>();
        dimensions.values().forEach(dimension -> addCodes(codes, dimension.codes()));
        records.values().forEach(record -> record.fields().values().forEach(field -> addCodes(codes, field.codes())));
        return new ReferenceNames(records, dimensions, loadLists(), loadProvinces(), codes);
    }

    private static RecordTypeName loadRecord(String record) {
        JsonNode file = readRecordFile(record);
        Map<String, FieldName> fields = new LinkedHashMap<>();
        for (JsonNode field : file.path("fields")) {
            if (!field.path("personal").asBoolean()) {
                fields.put(
                        field.path("name").asText(),
                        new FieldName(
                                field.path("zh").asText(),
                                field.path("en").asText(),
                                field.path("codes").asText(null)));
            }
        }
        return new RecordTypeName(
                file.path("service").asText(),
                file.path("collection").asText(),
                new LocalizedText(
                        file.at("/name/zh").asText(), file.at("/name/en").asText()),
                fields);
    }

    private static JsonNode readRecordFile(String record) {
        try (InputStream in = ContractFile.open("records/" + record + ".yaml")) {
            return YAML.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(record, e);
        }
    }

    private Map<String, DimensionName> loadDimensions(Map<String, RecordTypeName> records) {
        Map<String, CodeLabel> named = labelsOf("dimensions");
        Map<String, DimensionName> dimensions = new TreeMap<>();
        for (Figure figure : catalogue.figures()) {
            for (String code : figure.dimensions()) {
                CodeLabel name = named.getOrDefault(code, findFieldName(records, figure, code));
                dimensions.put(code, new DimensionName(name.zh(), name.en(), codeListOf(code)));
            }
        }
        return dimensions;
    }

    /** Returns the heading of the field that an operator's own definition uses as a dimension. */
    private static CodeLabel findFieldName(Map<String, RecordTypeName> records, Figure figure, String dimension) {
        for (String record : figure.records()) {
            RecordTypeName named = records.get(record);
            FieldName field = named == null ? null : named.fields().get(dimension);
            if (field != null) {
                return new CodeLabel(field.zh(), field.en());
            }
        }
        return new CodeLabel(dimension, dimension);
    }

    private @Nullable String codeListOf(String dimension) {
        if (Geography.COUNTRY_FIELDS.contains(dimension)) {
            return COUNTRIES;
        }
        String file = config.codeLists().get(dimension);
        return file == null ? null : file.replaceFirst("\\.csv$", "");
    }

    private Map<String, MembershipListName> loadLists() {
        Map<String, CodeLabel> named = labelsOf("lists");
        Map<String, MembershipListName> lists = new TreeMap<>();
        for (MembershipList list : reference.lists()) {
            CodeLabel name = named.getOrDefault(list.code(), new CodeLabel(list.code(), list.code()));
            lists.put(
                    list.code(),
                    new MembershipListName(name.zh(), name.en(), list.ofColleges() ? COLLEGES : COUNTRIES));
        }
        return lists;
    }

    private static List<ProvinceName> loadProvinces() {
        return CodeListFile.readRows("provinces").stream()
                .map(row -> new ProvinceName(
                        CodeListFile.codeOf(row),
                        row.getOrDefault("zh", ""),
                        row.getOrDefault("zhShort", ""),
                        row.getOrDefault("en", ""),
                        Boolean.parseBoolean(row.get("sends"))))
                .toList();
    }

    private static void addCodes(Map<String, Map<String, CodeLabel>> codes, @Nullable String list) {
        if (list != null) {
            codes.computeIfAbsent(list, ReferenceNameLoader::labelsOf);
        }
    }

    /** Returns the names of the codes of a list in the order of its file, ended codes last. */
    private static Map<String, CodeLabel> labelsOf(String list) {
        List<Map<String, String>> rows = new ArrayList<>(CodeListFile.readRows(list));
        rows.addAll(CodeListFile.readFormerRows(list));
        Map<String, CodeLabel> labels = new LinkedHashMap<>();
        for (Map<String, String> row : rows) {
            NamedCode code = CodeListFile.toNamedCode(row);
            labels.put(code.code(), new CodeLabel(code.zh(), code.en()));
        }
        return labels;
    }
}
