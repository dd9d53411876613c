package org.voyage.indicators.indicator;

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
public final class Definitions {

    private final Map<String, Definition> byCode = new TreeMap<>();
    private final Map<String, Figure> found = new LinkedHashMap<>();
    private final Set<String> underWay = new LinkedHashSet<>();

    /**
     * @param files by code
     * @throws BadDefinition when one is no definition at all
     */
    public static Definitions of(Map<String, byte[]> files) {
        Definitions definitions = new Definitions();
        files.forEach((code, yaml) -> definitions.byCode.put(code, new Definition(code + Definition.ENDING, yaml)));
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
     * @throws BadDefinition when it is no definition at all, or an older one
     */
    public Definitions with(String code, byte[] yaml) {
        Definition candidate = new Definition(code + Definition.ENDING, yaml);
        if (!candidate.code().equals(code)) {
            throw candidate.bad(
                    "code",
                    "its code is " + candidate.code() + "; expected " + code,
                    "code 为 " + candidate.code() + "，应为 " + code);
        }
        Definitions others = new Definitions();
        others.byCode.putAll(byCode);
        others.replace(candidate);
        return others;
    }

    /**
     * Adds one, or replaces the one of the same code.
     *
     * @return the one that was there
     * @throws BadDefinition when the one that is there is newer
     */
    Optional<Definition> replace(Definition definition) {
        Definition older = byCode.get(definition.code());
        if (older != null && older.version() > definition.version()) {
            throw definition.bad(
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
     * @throws BadDefinition when its file names others
     */
    public void check(String code, Collection<String> records, Collection<String> lists) {
        Definition definition = byCode.get(code);
        if (definition != null) {
            definition.check(records, lists);
        }
    }

    /**
     * What is made of all figures.
     *
     * @throws BadDefinition when it cannot be made: with the line, if one of these files is wrong
     */
    public <T> T located(Supplier<T> made) {
        try {
            return made.get();
        } catch (BadDefinition e) {
            throw located(e);
        }
    }

    private BadDefinition located(BadDefinition bad) {
        return byCode.entrySet().stream()
                .filter(entry -> bad.line() == 0 && bad.file().equals(entry.getKey() + Definition.ENDING))
                .findFirst()
                .map(entry -> entry.getValue().bad(bad.path(), bad.reason(), bad.reasonZh()))
                .orElse(bad);
    }

    /** @throws BadDefinition when one cannot be used */
    public Catalogue catalogue() {
        byCode.forEach((code, definition) -> figure(definition));
        return new Catalogue(found.values());
    }

    /**
     * Every figure that can be used.
     *
     * @param mistakes is told why another cannot; of what follows from the mistake of a file, that mistake again
     */
    public Catalogue catalogue(Consumer<BadDefinition> mistakes) {
        byCode.values().forEach(definition -> {
            try {
                figure(definition);
            } catch (BadDefinition e) {
                underWay.clear();
                mistakes.accept(e);
            }
        });
        return new Catalogue(found.values());
    }

    private Figure figure(Definition definition) {
        Figure known = found.get(definition.code());
        if (known != null) {
            return known;
        }
        underWay.add(definition.code());
        Figure figure = definition.figure(this::other);
        underWay.remove(definition.code());
        found.put(definition.code(), figure);
        return figure;
    }

    private Figure other(String code, DerivedReader.Bad bad) {
        Definition definition = byCode.get(code);
        if (definition == null) {
            throw bad.because(" is \"" + code + "\", which is no figure", " 为“" + code + "”，没有这个指标");
        }
        if (underWay.contains(code)) {
            String circle = String.join(" <- ", underWay) + " <- " + code;
            throw bad.because(
                    " is \"" + code + "\", which is derived from this one: " + circle,
                    " 为“" + code + "”，而该指标又由本指标派生：" + circle);
        }
        return figure(definition);
    }
}
