package org.voyage.kit.bulk;

import java.util.UUID;
import org.voyage.kit.access.Province;

/**
 * What a handler knows of the batch that its rows belong to.
 *
 * @param actor the client that sent it
 * @param dryRun the transaction will be rolled back: append nothing to the outbox
 */
public record BatchContext(UUID batchId, Province province, String actor, String requestId, boolean dryRun) {}
