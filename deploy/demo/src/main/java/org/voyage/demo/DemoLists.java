package org.voyage.demo;

import java.nio.file.Path;
import java.util.Map;

/** Lists of colleges of the demo, which a platform's own operator would load: of the Double High Plan, and of names. */
final class DemoLists {

    /**
     * Names of invented colleges only. A college that exists has no name here: invented records have the same codes, and
     * the demo says nothing about it.
     */
    static final String COLLEGE_NAMES = "history/colleges.csv";

    private DemoLists() {}

    /** Returns the environment variables that make a platform's services read the demo's lists. */
    static Map<String, String> serviceEnvironment(Path project) {
        Path resources = project.resolve("deploy/demo/src/main/resources").toAbsolutePath();
        return Map.of(
                "VOYAGE_INDICATORS_COLLEGE_LISTS",
                resources.resolve(DoubleHighColleges.LIST_FOLDER).toString(),
                "VOYAGE_COLLEGES_FILE",
                resources.resolve(COLLEGE_NAMES).toString());
    }
}
