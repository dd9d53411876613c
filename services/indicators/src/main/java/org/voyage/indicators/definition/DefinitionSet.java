package org.voyage.indicators.definition;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** All files together: finds for each derived figure those that it is derived from. For one thread at a time. */
public final class DefinitionSet {

    private final Map<String, DefinitionFile> byCode = new TreeMap<>();
    private final Map<String, Figure> figures = new LinkedHashMap<>();
    private final Set<String> resolving = new LinkedHashSet<>();

    /**
     * @param files by code
     * @throws InvalidDefinitionException when one is no definition at all
     */
    public static DefinitionSet of(Map<String, byte[]> files) {
        DefinitionSet definitions = new DefinitionSet();
        files.forEach((code, yaml) ->
                definitions.byCode.put(code, new DefinitionFile(code + DefinitionFile.FILE_EXTENSION, yaml)));
        return definitions;
    }

    /** The files byte for byte, by code. */
    public Map<String, byte[]> files() {
        Map<String, byte[]> files = new TreeMap<>();
        byCode.forEach((code, definition) -> files.put(code, definition.yaml()));
        return files;
    }

    /**
     * The files as they would be if one took the place of the one with the same code; these stay as they are.
     *
     * @throws InvalidDefinitionException when it is no definition at all, or an older one
     */
    public DefinitionSet withReplaced(String code, byte[] yaml) {
        DefinitionFile candidate = new DefinitionFile(code + DefinitionFile.FILE_EXTENSION, yaml);
        if (!candidate.code().equals(code)) {
            throw candidate.invalid(
                    "code",
                    "its code is " + candidate.code() + "; expected " + code,
                    "code 为 " + candidate.code() + "，应为 " + code);
        }
        DefinitionSet others = new DefinitionSet();
        others.byCode.putAll(byCode);
        others.addOrReplace(candidate);
        return others;
    }

    /**
     * Adds one, or replaces the one of the same code.
     *
     * @return the one that was there
     * @throws InvalidDefinitionException when the one that is there is newer
     */
    Optional<DefinitionFile> addOrReplace(DefinitionFile definition) {
        DefinitionFile older = byCode.get(definition.code());
        if (older != null && older.version() > definition.version()) {
            throw definition.invalid(
                    "version",
                    "version " + definition.version() + " is older than the one it replaces",
                    "版本 " + definition.version() + " 早于它要替换的版本");
        }
        byCode.put(definition.code(), definition);
        return Optional.ofNullable(older);
    }

    /**
     * Makes sure that a figure counts what can be counted, as far as its file says so itself.
     *
     * @param records that are read
     * @param lists that there are
     * @throws InvalidDefinitionException when its file names others
     */
    public void requireKnownReferences(String code, Collection<String> records, Collection<String> lists) {
        DefinitionFile definition = byCode.get(code);
        if (definition != null) {
            definition.requireKnownReferences(records, lists);
        }
    }

    /**
     * What is made of all figures.
     *
     * @throws InvalidDefinitionException when it cannot be made: with the line, if one of these files is wrong
     */
    public <T> T withLocation(Supplier<T> made) {
        try {
            return made.get();
        } catch (InvalidDefinitionException e) {
            throw withLocation(e);
        }
    }

    private InvalidDefinitionException withLocation(InvalidDefinitionException bad) {
        return byCode.entrySet().stream()
                .filter(entry -> bad.line() == 0 && bad.file().equals(entry.getKey() + DefinitionFile.FILE_EXTENSION))
                .findFirst()
                .map(entry -> entry.getValue().invalid(bad.path(), bad.reason(), bad.reasonZh()))
                .orElse(bad);
    }

    /** @throws InvalidDefinitionException when one cannot be used */
    public FigureCatalogue buildCatalogue() {
        byCode.forEach((code, definition) -> resolveFigure(definition));
        return new FigureCatalogue(figures.values());
    }

    /**
     * Every figure that can be used.
     *
     * @param mistakes is told why another cannot; of what follows from the mistake of a file, that mistake again
     */
    public FigureCatalogue buildCatalogue(Consumer<InvalidDefinitionException> mistakes) {
        byCode.values().forEach(definition -> {
            try {
                resolveFigure(definition);
            } catch (InvalidDefinitionException e) {
                resolving.clear();
                mistakes.accept(e);
            }
        });
        return new FigureCatalogue(figures.values());
    }

    private Figure resolveFigure(DefinitionFile definition) {
        Figure known = figures.get(definition.code());
        if (known != null) {
            return known;
        }
        resolving.add(definition.code());
        Figure figure = definition.toFigure(this::resolveOperand);
        resolving.remove(definition.code());
        figures.put(definition.code(), figure);
        return figure;
    }

    private Figure resolveOperand(String code, DerivedFigureParser.DefinitionErrorFactory bad) {
        DefinitionFile definition = byCode.get(code);
        if (definition == null) {
            throw bad.invalid(" is \"" + code + "\", which is no figure", " 为“" + code + "”，没有这个指标");
        }
        if (resolving.contains(code)) {
            String circle = String.join(" <- ", resolving) + " <- " + code;
            throw bad.invalid(
                    " is \"" + code + "\", which is derived from this one: " + circle,
                    " 为“" + code + "”，而该指标又由本指标派生：" + circle);
        }
        return resolveFigure(definition);
    }
}
