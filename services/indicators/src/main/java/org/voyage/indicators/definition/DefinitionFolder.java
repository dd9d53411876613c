package org.voyage.indicators.definition;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A folder of definitions beside those of the platform, with every mistake in it: the service, when it starts, stops at the
 * first.
 *
 * @param files of the folder that are a definition, by code
 * @param replaced of them those that take the place of one of the platform, with the version of that one
 * @param definitions every file that is one
 * @param catalogue every figure that can be used
 * @param mistakes in the order of their files
 */
public record DefinitionFolder(
        Map<String, Path> files,
        Map<String, Integer> replaced,
        DefinitionSet definitions,
        FigureCatalogue catalogue,
        List<InvalidDefinitionException> mistakes) {

    /** @throws InvalidDefinitionException when it is no folder */
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
        // What is derived from a bad file is bad for the same reason, which is told once.
        FigureCatalogue catalogue =
                definitions.buildCatalogue(bad -> mistakes.putIfAbsent(String.valueOf(bad.getMessage()), bad));
        return new DefinitionFolder(files, replaced, definitions, catalogue, List.copyOf(mistakes.values()));
    }

    /** Whether it is one of the definitions; another may lie beside them. */
    private static boolean isDefinition(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (!FigureCatalogueLoader.isYaml(file) && (name.endsWith(".yml") || name.endsWith(".yaml"))) {
            throw new InvalidDefinitionException(
                    file.toString(), "is not read: its name must end in .yaml", "不会被读取，文件名应以 .yaml 结尾");
        }
        return FigureCatalogueLoader.isYaml(file);
    }

    /** Whether there is no definition in it at all, good or bad. */
    public boolean isEmpty() {
        return files.isEmpty() && mistakes.isEmpty();
    }
}
