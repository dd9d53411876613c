package org.voyage.kit.rules;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Settings with which an operator changes the rules. */
@ConfigMapping(prefix = "voyage.rules")
public interface RulesConfig {

    /**
     * Returns the folder of overlay files, named as those of {@code contracts/rules}, each with {@code rules}: id, the
     * changed severity, from and until, and amendments. Read once, at start.
     */
    Optional<Path> folder();

    /**
     * Returns the factor of a jump: a number jumps when it is more than this many times the previous one, or less than
     * this part of it.
     */
    @WithDefault("5")
    long jumpFactor();

    /** Returns the minimum difference of a jump, because small numbers vary more. */
    @WithDefault("100")
    long jumpLeast();

    /** Returns the pause between two computations of the largest numbers and national sums for the comparison. */
    @WithDefault("5m")
    Duration compareEvery();
}
