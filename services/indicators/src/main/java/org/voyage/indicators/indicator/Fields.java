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

    private final DefinitionReader reader;
    private final String path;
    private final JsonNode object;
    private final Set<String> asked = new HashSet<>();

    Fields(DefinitionReader reader, String path, @Nullable JsonNode node) {
        this.reader = reader;
        this.path = path;
        if (node == null || !node.isObject()) {
            throw reader.bad((path.isEmpty() ? "the file" : path) + " must be an object");
        }
        this.object = node;
    }

    List<String> names() {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    Fields object(String name) {
        return new Fields(reader, at(name), ask(name));
    }

    Optional<Fields> optionalObject(String name) {
        JsonNode node = ask(name);
        return node == null ? Optional.empty() : Optional.of(new Fields(reader, at(name), node));
    }

    String text(String name) {
        return optional(name).orElseThrow(() -> reader.bad(at(name) + " is missing"));
    }

    Optional<String> optional(String name) {
        JsonNode node = ask(name);
        return node == null ? Optional.empty() : Optional.of(scalar(name, node));
    }

    String slug(String name) {
        String text = text(name);
        if (!SLUG.matcher(text).matches()) {
            throw reader.bad(at(name) + " is \"" + text + "\"; it must be lower-case words joined by hyphens");
        }
        return text;
    }

    int positive(String name) {
        JsonNode node = ask(name);
        if (node == null || !node.isInt() || node.intValue() < 1) {
            throw reader.bad(at(name) + " must be a whole number of 1 or more");
        }
        return node.intValue();
    }

    List<String> texts(String name) {
        JsonNode node = ask(name);
        return node == null ? List.of() : elements(name, node);
    }

    List<String> textOrTexts(String name) {
        JsonNode node = ask(name);
        if (node == null) {
            throw reader.bad(at(name) + " is missing");
        }
        return node.isArray() ? elements(name, node) : List.of(scalar(name, node));
    }

    /** None, one or several. */
    List<String> anyTexts(String name) {
        return object.has(name) ? textOrTexts(name) : List.of();
    }

    void nothingElse() {
        for (String name : names()) {
            if (!asked.contains(name)) {
                throw reader.bad(at(name) + " is not known here");
            }
        }
    }

    private List<String> elements(String name, JsonNode node) {
        if (!node.isArray() || node.isEmpty()) {
            throw reader.bad(at(name) + " must be a list with at least one element");
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode element : node) {
            texts.add(scalar(name, element));
        }
        return texts;
    }

    private String scalar(String name, JsonNode node) {
        if (!node.isTextual() || node.textValue().isBlank()) {
            throw reader.bad(at(name) + " must be a text");
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
