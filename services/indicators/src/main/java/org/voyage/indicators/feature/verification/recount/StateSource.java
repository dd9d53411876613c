package org.voyage.indicators.feature.verification.recount;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Where the newest state of every fact at the position is read from. */
interface StateSource {

    /**
     * Shows each key of a record once with its newest state, null when that is withdrawn.
     *
     * @throws ProofUndecidedException when they cannot be had
     */
    void forEachNewest(String record, BiConsumer<String, @Nullable StateFields> to) throws ProofUndecidedException;
}
