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

/** Set of all definition files. It finds the operands of each derived figure. For one thread at a time. */
public final class DefinitionSet {

    private final Map<String, DefinitionFile> byCode = new TreeMap<>();
    private final Map<String, Figure> figures = new LinkedHashMap<>();
    private final Set<String> resolving = new LinkedHashSet<>();

    /**
     * Parses the files.
     *
     * @param files content by code
     * @throws InvalidDefinitionException when a file is no definition at all
     */
    public static DefinitionSet of(Map<String, byte[]> files) {
        DefinitionSet definitions = new DefinitionSet();
        files.forEach((code, yaml) ->
                definitions.byCode.put(code, new DefinitionFile(code + DefinitionFile.FILE_EXTENSION, yaml)));
        return definitions;
    }

    /** Returns the content of the files, by code. */
    public Map<String, byte[]> files() {
        Map<String, byte[]> files = new TreeMap<>();
        byCode.forEach((code, definition) -> files.put(code, definition.yaml()));
        return files;
    }

    /**
     * Returns a copy of this set in which one file replaces the file of the same code.
     *
     * @throws InvalidDefinitionException when the file is no definition at all, or older
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
     * Adds a definition, or replaces the definition of the same code.
     *
     * @return the replaced definition
     * @throws InvalidDefinitionException when the existing definition is newer
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
     * Checks that a figure counts known records and lists, as far as its own file names them.
     *
     * @param records record types that the service reads
     * @param lists existing lists
     * @throws InvalidDefinitionException when its file names others
     */
    public void requireKnownReferences(String code, Collection<String> records, Collection<String> lists) {
        DefinitionFile definition = byCode.get(code);
        if (definition != null) {
            definition.requireKnownReferences(records, lists);
        }
    }

    /**
     * Runs a supplier, and adds the line to a mistake in one of these files.
     *
     * @throws InvalidDefinitionException when the supplier fails; with the line, if one of these files is wrong
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

    /** @throws InvalidDefinitionException when a figure is invalid */
    public FigureCatalogue buildCatalogue() {
        byCode.forEach((code, definition) -> resolveFigure(definition));
        return new FigureCatalogue(figures.values());
    }

    /**
     * Returns all valid figures.
     *
     * @param mistakes receives the reason for each invalid figure; a figure derived from an invalid file repeats that
     *     file's mistake
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
