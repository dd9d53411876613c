package org.voyage.indicators.indicator;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A folder of definitions beside those of the platform, with every mistake in it: the service, when it starts, stops at the
 * first.
 *
 * @param files of the folder that are a definition, by code
 * @param catalogue every figure that can be used
 * @param mistakes in the order of their files
 */
public record FolderOfDefinitions(Map<String, Path> files, Catalogue catalogue, List<BadDefinition> mistakes) {

    /** @throws BadDefinition when it is no folder */
    public static FolderOfDefinitions read(Path folder) {
        Definitions definitions = CatalogueLoader.ofThePlatform();
        Map<String, Path> files = new TreeMap<>();
        Map<String, BadDefinition> mistakes = new LinkedHashMap<>();
        for (Path file : CatalogueLoader.yamlFiles(folder)) {
            try {
                Definition definition = CatalogueLoader.read(file);
                definitions.replace(definition);
                files.put(definition.code(), file);
            } catch (BadDefinition e) {
                mistakes.put(file.toString(), e);
            }
        }
        // What is derived from a bad file is bad for the same reason, which is told once.
        Catalogue catalogue = definitions.catalogue(bad -> mistakes.putIfAbsent(String.valueOf(bad.getMessage()), bad));
        return new FolderOfDefinitions(files, catalogue, List.copyOf(mistakes.values()));
    }

    /** Whether there is no definition in it at all, good or bad. */
    public boolean isEmpty() {
        return files.isEmpty() && mistakes.isEmpty();
    }
}
