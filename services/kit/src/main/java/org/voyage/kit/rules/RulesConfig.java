package org.voyage.kit.rules;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** How an operator changes the rules of the data. */
@ConfigMapping(prefix = "voyage.rules")
public interface RulesConfig {

    /**
     * Folder of files named as those of {@code contracts/rules}, each with {@code rules}: id, what changes of severity,
     * from and until, and changes. Read once, at start.
     */
    Optional<Path> folder();

    /** A number jumps when it is more than this many times what it was, or less than this part of it. */
    @WithDefault("5")
    long jumpFactor();

    /** What differs by less does not jump: small numbers do. */
    @WithDefault("100")
    long jumpLeast();
}
