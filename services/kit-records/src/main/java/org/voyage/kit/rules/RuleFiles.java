package org.voyage.kit.rules;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.reference.ContractFile;

/** Reader of the rule files of a service, and of an operator's overlay. */
final class RuleFiles {

    private static final String GENERAL_BOOK = "general";
    private static final ObjectMapper YAML = YAMLMapper.builder(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .addModule(new JavaTimeModule())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private record RuleBookFile(
            @JsonProperty(required = true) List<Rule> rules) {}

    private record RuleOverlayFile(
            @JsonProperty(required = true) List<RuleOverlay> rules) {
        RuleOverlayFile {
            Objects.requireNonNull(rules, "no rules");
        }
    }

    private RuleFiles() {}

    /**
     * Returns the rules by id.
     *
     * @throws IllegalStateException naming the file and its fault
     */
    static Map<String, Rule> loadRules(String service, @Nullable Path folder) {
        Map<String, Rule> rules = new LinkedHashMap<>();
        for (String name : List.of(GENERAL_BOOK, service)) {
            readBook(name).rules().forEach(rule -> rules.put(rule.id(), rule));
        }
        if (folder != null) {
            applyOverlays(rules, service, folder);
        }
        return rules;
    }

    private static RuleBookFile readBook(String name) {
        try (InputStream in = ContractFile.open(pathOf(name))) {
            return YAML.readValue(in, RuleBookFile.class);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    private static void applyOverlays(Map<String, Rule> rules, String service, Path folder) {
        List<Path> files;
        try (var found = Files.list(folder)) {
            files = found.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new IllegalStateException("voyage.rules.folder cannot be read: " + folder, e);
        }
        for (Path file : files) {
            String name = file.getFileName().toString().replaceFirst("\\.yaml$", "");
            if (name.equals(GENERAL_BOOK) || name.equals(service)) {
                applyOverlays(rules, file);
            } else if (!ContractFile.exists(pathOf(name))) {
                throw new IllegalStateException(file + ": contracts/rules has no file of this name");
            }
        }
    }

    private static void applyOverlays(Map<String, Rule> rules, Path file) {
        for (RuleOverlay over : readOverlays(file)) {
            Rule rule = rules.get(over.id());
            if (rule == null) {
                throw new IllegalStateException(file + ": there is no rule " + over.id());
            }
            try {
                rules.put(rule.id(), rule.withOverlay(over));
            } catch (IllegalArgumentException e) {
                throw new IllegalStateException(file + ": rule " + over.id() + ": " + e.getMessage(), e);
            }
        }
    }

    private static List<RuleOverlay> readOverlays(Path file) {
        try {
            return YAML.readValue(file.toFile(), RuleOverlayFile.class).rules();
        } catch (JacksonException e) {
            JsonLocation at = e.getLocation();
            throw new IllegalStateException(
                    file + (at == null ? "" : ", line " + at.getLineNr()) + ": " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new IllegalStateException(file + " cannot be read", e);
        }
    }

    private static String pathOf(String name) {
        return "rules/" + name + ".yaml";
    }
}
