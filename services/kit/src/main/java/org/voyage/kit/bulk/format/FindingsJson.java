package org.voyage.kit.bulk.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.stream.Collectors;
import org.voyage.kit.problem.Finding;

/** JSON form of findings for storage, and their text for a cell. */
public final class FindingsJson {
    public static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final TypeReference<List<Finding>> FINDINGS = new TypeReference<>() {};
    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};

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

    public static List<String> readTexts(String json) {
        try {
            return MAPPER.readValue(json, TEXTS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns all findings on one line, for a person: {@code hostCountry: "THX" is not a known country. …}. */
    public static String toSentence(List<Finding> findings) {
        return findings.stream()
                .map(finding ->
                        (finding.pointer().isEmpty() ? "" : finding.pointer().substring(1) + ": ")
                                + finding.detail()
                                + " " + finding.detailZh())
                .collect(Collectors.joining(" | "));
    }
}
