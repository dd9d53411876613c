package org.voyage.indicators.query;

import java.util.List;
import java.util.Optional;

/** Source of the values of counted operands. */
public interface OperandValues {

    /**
     * Returns the values.
     *
     * @param counted a query on a counted figure
     * @param province the only province whose own values may appear; empty when all may
     */
    List<ResultCell> cellsOf(OperandQuery counted, Optional<String> province);
}
