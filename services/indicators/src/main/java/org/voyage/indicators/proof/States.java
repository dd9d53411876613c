package org.voyage.indicators.proof;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Where the newest state of every fact at the position is read from. */
interface States {

    /**
     * Shows each key of a record once with its newest state, null when that is withdrawn.
     *
     * @throws Undecided when they cannot be had
     */
    void newest(String record, BiConsumer<String, @Nullable Fields> to) throws Undecided;
}
