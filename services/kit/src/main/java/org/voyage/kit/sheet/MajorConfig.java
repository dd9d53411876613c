package org.voyage.kit.sheet;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** Settings of the list of majors. */
@ConfigMapping(prefix = "voyage.majors")
public interface MajorConfig {

    /**
     * Returns the file of majors, CSV in UTF-8 with the columns of {@code contracts/reference/majors.csv}, in place of
     * that short list. Read once, at start.
     */
    Optional<Path> file();
}
