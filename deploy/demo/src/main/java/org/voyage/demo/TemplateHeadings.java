package org.voyage.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Chinese headings of a record's template, by field, from {@code contracts/records}. */
final class TemplateHeadings {

    private static final YAMLMapper YAML = new YAMLMapper();

    private TemplateHeadings() {}

    static Map<String, String> headingsOf(DemoRecordType type) {
        String resource = "contracts/records/" + type.record + ".yaml";
        Map<String, String> headings = new LinkedHashMap<>();
        headings.put("sourceId", "记录编号");
        try (InputStream file = TemplateHeadings.class.getClassLoader().getResourceAsStream(resource)) {
            if (file == null) {
                throw new IllegalStateException("not on the classpath: " + resource);
            }
            for (JsonNode field : YAML.readTree(file).path("fields")) {
                headings.put(field.path("name").asText(), field.path("zh").asText());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return headings;
    }
}
