package org.voyage.kit.sheet;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** Settings of the list of colleges. */
@ConfigMapping(prefix = "voyage.colleges")
public interface CollegeConfig {

    /**
     * Returns the file of colleges, CSV in UTF-8 with the columns of {@code contracts/reference/colleges.csv}, in place of
     * that empty list. Read once, at start.
     */
    Optional<Path> file();
}
