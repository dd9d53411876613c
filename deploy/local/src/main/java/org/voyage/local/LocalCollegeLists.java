package org.voyage.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Lists of colleges in the folder {@code lists} of a platform's data. Services read them at each start. */
public final class LocalCollegeLists {

    private static final String FOLDER = "lists";

    private LocalCollegeLists() {}

    /** Returns the file with the names of colleges. */
    public static Path namesFile(Path data) {
        return data.resolve(FOLDER).resolve("colleges.csv");
    }

    /** Returns the folder with one file for each list of colleges, such as the Double High Plan. */
    public static Path listFolder(Path data) {
        return data.resolve(FOLDER).resolve("college-lists");
    }

    /** Returns the environment variables by which services read the lists that exist. */
    static Map<String, String> environmentOf(Path data) {
        Map<String, String> environment = new HashMap<>();
        if (Files.isRegularFile(namesFile(data))) {
            environment.put("VOYAGE_COLLEGES_FILE", namesFile(data).toString());
        }
        if (Files.isDirectory(listFolder(data))) {
            environment.put("VOYAGE_INDICATORS_COLLEGE_LISTS", listFolder(data).toString());
        }
        return environment;
    }
}
