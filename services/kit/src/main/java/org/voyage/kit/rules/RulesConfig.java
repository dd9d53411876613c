package org.voyage.kit.rules;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** Where an operator changes the rules of the data. */
@ConfigMapping(prefix = "voyage.rules")
public interface RulesConfig {

    /**
     * Folder of files named as those of {@code contracts/rules}, each with {@code rules}: id, what changes of severity,
     * from and until, and changes. Read once, at start.
     */
    Optional<Path> folder();
}
