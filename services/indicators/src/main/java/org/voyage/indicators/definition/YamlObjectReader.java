package org.voyage.indicators.definition;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reader of one YAML object in a definition. It records which members were read, and refuses all others. */
final class YamlObjectReader {

    private static final Pattern SLUG_PATTERN = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    private final DefinitionSource source;
    private final String path;
    private final JsonNode object;
    private final Set<String> readMembers = new HashSet<>();

    YamlObjectReader(DefinitionSource source, String path, @Nullable JsonNode node) {
        this.source = source;
        this.path = path;
        if (node == null || !node.isObject()) {
            throw source.invalid(
                    path,
                    (path.isEmpty() ? "the file" : path) + " must be an object",
                    (path.isEmpty() ? "整个文件" : path) + " 必须是对象");
        }
        this.object = node;
    }

    List<String> memberNames() {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    YamlObjectReader requireObject(String name) {
        return new YamlObjectReader(source, pathOf(name), takeMember(name));
    }

    Optional<YamlObjectReader> findObject(String name) {
        JsonNode node = takeMember(name);
        return node == null ? Optional.empty() : Optional.of(new YamlObjectReader(source, pathOf(name), node));
    }

    String requireText(String name) {
        return findText(name).orElseThrow(() -> invalid(name, " is missing", " 缺失"));
    }

    Optional<String> findText(String name) {
        JsonNode node = takeMember(name);
        return node == null ? Optional.empty() : Optional.of(toScalar(name, node));
    }

    String requireSlug(String name) {
        String text = requireText(name);
        if (!SLUG_PATTERN.matcher(text).matches()) {
            throw invalid(
                    name,
                    " is \"" + text + "\"; it must be lower-case words joined by hyphens",
                    " 为“" + text + "”，应为用连字符连接的小写单词");
        }
        return text;
    }

    int requirePositive(String name) {
        JsonNode node = takeMember(name);
        if (node == null || !node.isInt() || node.intValue() < 1) {
            throw invalid(name, " must be a whole number of 1 or more", " 必须是不小于 1 的整数");
        }
        return node.intValue();
    }

    Optional<Integer> findPositive(String name) {
        return hasMember(name) ? Optional.of(requirePositive(name)) : Optional.empty();
    }

    /** Returns a whole number of 0 or more. */
    long requireNonNegative(String name) {
        JsonNode node = takeMember(name);
        if (node == null || !node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 0) {
            throw invalid(name, " must be a whole number of 0 or more", " 必须是不小于 0 的整数");
        }
        return node.longValue();
    }

    List<String> requireTexts(String name) {
        JsonNode node = takeMember(name);
        return node == null ? List.of() : toTexts(name, node);
    }

    List<String> requireTextOrTexts(String name) {
        JsonNode node = takeMember(name);
        if (node == null) {
            throw invalid(name, " is missing", " 缺失");
        }
        return node.isArray() ? toTexts(name, node) : List.of(toScalar(name, node));
    }

    /** Returns zero, one or several values, each of a text or of an object. */
    <T> List<T> readOneOrMore(String name, Function<String, T> ofText, Function<YamlObjectReader, T> ofObject) {
        JsonNode node = takeMember(name);
        if (node == null) {
            return List.of();
        }
        if (node.isArray() && node.isEmpty()) {
            throw invalid(name, " must be a list with at least one element", " 必须是至少含一个元素的列表");
        }
        List<T> values = new ArrayList<>();
        for (JsonNode element : node.isArray() ? node : List.of(node)) {
            values.add(
                    element.isObject()
                            ? ofObject.apply(new YamlObjectReader(source, pathOf(name), element))
                            : ofText.apply(toScalar(name, element)));
        }
        return values;
    }

    /** Returns the error of a member; the empty name is the whole. */
    InvalidDefinitionException invalid(String name, String reason, String reasonZh) {
        String at = name.isEmpty() ? path : pathOf(name);
        return source.invalid(at, (at.isEmpty() ? "it" : at) + reason, (at.isEmpty() ? "该定义" : at) + reasonZh);
    }

    boolean hasMember(String name) {
        return object.has(name);
    }

    void requireNothingElse() {
        for (String name : memberNames()) {
            if (!readMembers.contains(name)) {
                throw invalid(name, " is not known here", " 在此处不可识别");
            }
        }
    }

    private List<String> toTexts(String name, JsonNode node) {
        if (!node.isArray() || node.isEmpty()) {
            throw invalid(name, " must be a list with at least one element", " 必须是至少含一个元素的列表");
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode element : node) {
            texts.add(toScalar(name, element));
        }
        return texts;
    }

    private String toScalar(String name, JsonNode node) {
        if (!node.isTextual() || node.textValue().isBlank()) {
            throw invalid(name, " must be a text", " 必须是文本");
        }
        return node.textValue();
    }

    private @Nullable JsonNode takeMember(String name) {
        readMembers.add(name);
        return object.get(name);
    }

    private String pathOf(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
