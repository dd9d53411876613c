package org.voyage.overseas;

import java.util.List;
import org.voyage.kit.outbox.Receipt;

/** What became of everything that was sent together, in the order in which it was sent. */
public record Written<T>(List<Result<T>> results, Receipt receipt) {}
