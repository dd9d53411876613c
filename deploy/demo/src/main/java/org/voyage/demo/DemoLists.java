package org.voyage.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.voyage.local.LocalCollegeLists;

/** Lists of colleges of the demo, which a platform's own operator would load: of the Double High Plan, and of names. */
final class DemoLists {

    /**
     * Names of invented colleges only. A college that exists has no name here: invented records have the same codes, and
     * the demo says nothing about it.
     */
    static final String COLLEGE_NAMES = "history/colleges.csv";

    /**
     * Folder with the constructed list of the Double High Plan. The platform's own is empty until its operator fills it.
     */
    private static final String LIST_FOLDER = "history/college-lists";

    private DemoLists() {}

    /** Returns the environment variables that make a platform's services read the demo's lists. */
    static Map<String, String> serviceEnvironment(Path project) {
        return Map.of(
                "VOYAGE_INDICATORS_COLLEGE_LISTS",
                findResource(project, LIST_FOLDER).toString(),
                "VOYAGE_COLLEGES_FILE",
                findResource(project, COLLEGE_NAMES).toString());
    }

    /** Copies the lists into the platform's data: {@code ./voyage up} counts by them, too. */
    static void copyLists(Path project, Path data) {
        try {
            Path folder = Files.createDirectories(LocalCollegeLists.listFolder(data));
            copyFile(findResource(project, COLLEGE_NAMES), LocalCollegeLists.namesFile(data));
            for (Path list : listFiles(findResource(project, LIST_FOLDER))) {
                copyFile(list, folder.resolve(list.getFileName()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The lists of the demo cannot be kept in " + data + ".", e);
        }
    }

    private static List<Path> listFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private static void copyFile(Path from, Path to) throws IOException {
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Path findResource(Path project, String name) {
        return project.resolve("deploy/demo/src/main/resources").resolve(name).toAbsolutePath();
    }
}
