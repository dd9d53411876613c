package org.voyage.indicators.definition;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Folder of definitions that are added to those of the platform, with all mistakes in it. The service itself stops at
 * the first mistake when it starts.
 *
 * @param files definition files of the folder, by code
 * @param replaced those files that replace one of the platform, with the version of the replaced one
 * @param definitions all definition files
 * @param catalogue all valid figures
 * @param mistakes mistakes in the order of their files
 */
public record DefinitionFolder(
        Map<String, Path> files,
        Map<String, Integer> replaced,
        DefinitionSet definitions,
        FigureCatalogue catalogue,
        List<InvalidDefinitionException> mistakes) {

    /** @throws InvalidDefinitionException when the path is no folder */
    public static DefinitionFolder readFolder(Path folder) {
        DefinitionSet definitions = FigureCatalogueLoader.loadPlatformDefinitions();
        Map<String, Path> files = new TreeMap<>();
        Map<String, Integer> replaced = new TreeMap<>();
        Map<String, InvalidDefinitionException> mistakes = new LinkedHashMap<>();
        for (Path file : FigureCatalogueLoader.listFiles(folder)) {
            try {
                if (isDefinition(file)) {
                    DefinitionFile definition = FigureCatalogueLoader.readFile(file);
                    definitions
                            .addOrReplace(definition)
                            .ifPresent(older -> replaced.put(older.code(), older.version()));
                    files.put(definition.code(), file);
                }
            } catch (InvalidDefinitionException e) {
                mistakes.put(file.toString(), e);
            }
        }
        // A figure derived from an invalid file has the same mistake, which is reported once.
        FigureCatalogue catalogue =
                definitions.buildCatalogue(bad -> mistakes.putIfAbsent(String.valueOf(bad.getMessage()), bad));
        return new DefinitionFolder(files, replaced, definitions, catalogue, List.copyOf(mistakes.values()));
    }

    /** Returns whether a path is a definition file; the folder may hold other files. */
    private static boolean isDefinition(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (!FigureCatalogueLoader.isYaml(file) && (name.endsWith(".yml") || name.endsWith(".yaml"))) {
            throw new InvalidDefinitionException(
                    file.toString(), "is not read: its name must end in .yaml", "不会被读取，文件名应以 .yaml 结尾");
        }
        return FigureCatalogueLoader.isYaml(file);
    }

    /** Returns whether the folder has no definition at all, valid or invalid. */
    public boolean isEmpty() {
        return files.isEmpty() && mistakes.isEmpty();
    }
}
