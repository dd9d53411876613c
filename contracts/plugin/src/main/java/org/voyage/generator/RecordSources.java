package org.voyage.generator;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Java sources of the records of one service. */
final class RecordSources {

    private RecordSources() {}

    /** Returns the text of each file by its path below the folder of the sources. */
    static Map<String, String> generate(Path contracts, String service) throws IOException {
        Map<String, String> files = new TreeMap<>();
        return files;
    }
}
