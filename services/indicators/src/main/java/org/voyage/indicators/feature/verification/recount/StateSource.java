package org.voyage.indicators.feature.verification.recount;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Source of the newest state of every fact at the position. */
interface StateSource {

    /**
     * Visits each key of a record once with its newest state, null when that is withdrawn.
     *
     * @throws ProofUndecidedException when the source cannot be read
     */
    void forEachNewest(String record, BiConsumer<String, @Nullable StateFields> to) throws ProofUndecidedException;
}
