package org.voyage.kit.bulk;

import java.time.Instant;
import java.util.UUID;
import org.voyage.kit.access.Province;

/**
 * What a handler knows of the batch that its rows belong to.
 *
 * @param record what the rows are
 * @param actor the client that sent it
 * @param dryRun the transaction will be rolled back: append nothing to the outbox, and say of corrected rows which
 *     fields would change
 * @param sentAt when the file was sent, by the database's clock. It may be worked on much later (it waited, or we crashed meanwhile), and what its
 *     sender has said about a record since then is newer than its row
 */
public record BatchContext(
        UUID batchId,
        String record,
        Province province,
        String actor,
        String requestId,
        boolean dryRun,
        Instant sentAt) {}
