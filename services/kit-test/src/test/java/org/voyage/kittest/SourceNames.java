package org.voyage.kittest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Names of the main classes of all services, read from the source tree, because no module sees the classes of all
 * others.
 */
final class SourceNames {

    private SourceNames() {}

    /**
     * Returns the simple names that more than one file has.
     *
     * @param services folder with a folder per module
     * @return simple name to the files that have it; empty if every name is unique
     */
    static Map<String, List<Path>> findDuplicates(Path services) {
        Map<String, List<Path>> files = new TreeMap<>();
        for (Path file : sources(services)) {
            files.computeIfAbsent(file.getFileName().toString(), name -> new ArrayList<>())
                    .add(services.relativize(file));
        }
        files.values().removeIf(same -> same.size() < 2);
        return files;
    }

    /**
     * Returns the Java files under {@code src/main} of all modules, without package descriptions.
     *
     * @throws UncheckedIOException if the folder cannot be read
     */
    static List<Path> sources(Path services) {
        try (Stream<Path> all = Files.walk(services)) {
            return all.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> services.relativize(file).toString().contains("src/main/java"))
                    .filter(file -> !file.endsWith("package-info.java"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
