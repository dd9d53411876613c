package org.voyage.indicators.indicator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One object of a definition; remembers what was asked for, so that what nobody asked for is refused. */
final class Fields {

    private static final Pattern SLUG = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    private final Source source;
    private final String path;
    private final JsonNode object;
    private final Set<String> asked = new HashSet<>();

    Fields(Source source, String path, @Nullable JsonNode node) {
        this.source = source;
        this.path = path;
        if (node == null || !node.isObject()) {
            throw source.bad(
                    path,
                    (path.isEmpty() ? "the file" : path) + " must be an object",
                    (path.isEmpty() ? "整个文件" : path) + " 必须是对象");
        }
        this.object = node;
    }

    List<String> names() {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    Fields object(String name) {
        return new Fields(source, at(name), ask(name));
    }

    Optional<Fields> optionalObject(String name) {
        JsonNode node = ask(name);
        return node == null ? Optional.empty() : Optional.of(new Fields(source, at(name), node));
    }

    String text(String name) {
        return optional(name).orElseThrow(() -> bad(name, " is missing", " 缺失"));
    }

    Optional<String> optional(String name) {
        JsonNode node = ask(name);
        return node == null ? Optional.empty() : Optional.of(scalar(name, node));
    }

    String slug(String name) {
        String text = text(name);
        if (!SLUG.matcher(text).matches()) {
            throw bad(
                    name,
                    " is \"" + text + "\"; it must be lower-case words joined by hyphens",
                    " 为“" + text + "”，应为用连字符连接的小写单词");
        }
        return text;
    }

    int positive(String name) {
        JsonNode node = ask(name);
        if (node == null || !node.isInt() || node.intValue() < 1) {
            throw bad(name, " must be a whole number of 1 or more", " 必须是不小于 1 的整数");
        }
        return node.intValue();
    }

    Optional<Integer> optionalPositive(String name) {
        return has(name) ? Optional.of(positive(name)) : Optional.empty();
    }

    /** A whole number of 0 or more. */
    long whole(String name) {
        JsonNode node = ask(name);
        if (node == null || !node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 0) {
            throw bad(name, " must be a whole number of 0 or more", " 必须是不小于 0 的整数");
        }
        return node.longValue();
    }

    List<String> texts(String name) {
        JsonNode node = ask(name);
        return node == null ? List.of() : elements(name, node);
    }

    List<String> textOrTexts(String name) {
        JsonNode node = ask(name);
        if (node == null) {
            throw bad(name, " is missing", " 缺失");
        }
        return node.isArray() ? elements(name, node) : List.of(scalar(name, node));
    }

    /** None, one or several. */
    List<String> anyTexts(String name) {
        return object.has(name) ? textOrTexts(name) : List.of();
    }

    /** What is wrong with a member; the empty name is the whole. */
    BadDefinition bad(String name, String reason, String reasonZh) {
        String at = name.isEmpty() ? path : at(name);
        return source.bad(at, (at.isEmpty() ? "it" : at) + reason, (at.isEmpty() ? "该定义" : at) + reasonZh);
    }

    boolean has(String name) {
        return object.has(name);
    }

    void nothingElse() {
        for (String name : names()) {
            if (!asked.contains(name)) {
                throw bad(name, " is not known here", " 在此处不可识别");
            }
        }
    }

    private List<String> elements(String name, JsonNode node) {
        if (!node.isArray() || node.isEmpty()) {
            throw bad(name, " must be a list with at least one element", " 必须是至少含一个元素的列表");
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode element : node) {
            texts.add(scalar(name, element));
        }
        return texts;
    }

    private String scalar(String name, JsonNode node) {
        if (!node.isTextual() || node.textValue().isBlank()) {
            throw bad(name, " must be a text", " 必须是文本");
        }
        return node.textValue();
    }

    private @Nullable JsonNode ask(String name) {
        asked.add(name);
        return object.get(name);
    }

    private String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
