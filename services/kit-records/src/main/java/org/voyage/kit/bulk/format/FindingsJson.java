package org.voyage.kit.bulk.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.http.TextLanguage;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.sheet.FileColumn;
import org.voyage.kit.sheet.RecordForm;

/** JSON form of findings and columns for storage, and the text of findings for a cell. */
public final class FindingsJson {
    public static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final TypeReference<List<Finding>> FINDINGS = new TypeReference<>() {};
    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};
    private static final TypeReference<List<FileColumn>> COLUMNS = new TypeReference<>() {};

    private FindingsJson() {}

    public static String writeFindings(List<Finding> findings) {
        try {
            return MAPPER.writeValueAsString(findings);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    public static List<Finding> readFindings(String json) {
        try {
            return MAPPER.readValue(json, FINDINGS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @return null if there are no columns */
    public static @Nullable String writeColumns(List<FileColumn> columns) {
        try {
            return columns.isEmpty() ? null : MAPPER.writeValueAsString(columns);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    public static List<FileColumn> readColumns(@Nullable String json) {
        try {
            return json == null ? List.of() : MAPPER.readValue(json, COLUMNS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    public static List<String> readTexts(String json) {
        try {
            return MAPPER.readValue(json, TEXTS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Returns all findings for a person: {@code 所在国家：未知代码“THX”。 Host country: "THX" is not a known country.}
     *
     * @param between separator of the findings
     */
    public static String toSentences(List<Finding> findings, RecordForm form, TextLanguage language, String between) {
        return findings.stream()
                .map(finding -> toSentence(finding, form, language))
                .collect(Collectors.joining(between));
    }

    private static String toSentence(Finding finding, RecordForm form, TextLanguage language) {
        var name = fieldOf(finding);
        var column = name.isEmpty() ? null : form.findColumn(name);
        var zh = column == null ? name : column.zh();
        var en = column == null ? name : column.en();
        return language.choose(
                (zh.isEmpty() ? "" : zh + "：") + finding.detailZh(),
                (en.isEmpty() ? "" : en + ": ") + finding.detail(),
                " ");
    }

    /** Returns the name of the field of a finding; empty for one about the whole row. */
    public static String fieldOf(Finding finding) {
        var steps = finding.pointer().split("/", 3);
        return steps.length < 2 ? "" : steps[1];
    }
}
