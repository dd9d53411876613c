package org.voyage.kit.bulk.outcome;

import java.util.List;
import org.voyage.kit.outbox.Receipt;

/** Outcome of a chunk: one outcome for each row, in their order. */
public record ChunkOutcome(List<RowOutcome> outcomes, Receipt receipt) {}
