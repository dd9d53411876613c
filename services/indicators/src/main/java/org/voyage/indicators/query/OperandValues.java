package org.voyage.indicators.query;

import java.util.List;
import java.util.Optional;

/** Where the values of the counted figures come from that another one is derived from. */
public interface OperandValues {

    /**
     * @param counted a question about a figure that is counted
     * @param province the only province whose own values may appear; empty when all may
     */
    List<ResultCell> cellsOf(OperandQuery counted, Optional<String> province);
}
