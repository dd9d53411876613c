package org.voyage.kit.bulk;

import java.time.Instant;
import java.util.UUID;
import org.voyage.kit.access.Province;

/**
 * Context of the batch that a handler's rows belong to.
 *
 * @param record record type of the rows
 * @param actor the client that sent the file
 * @param dryRun the transaction will be rolled back: append nothing to the outbox, and report the changed fields of
 *     corrected rows
 * @param sentAt when the file was sent, by the database's clock. Processing may be much later, after a wait or a crash.
 *     A submission of the sender about a record since then is newer than the row
 */
public record BatchContext(
        UUID batchId,
        String record,
        Province province,
        String actor,
        String requestId,
        boolean dryRun,
        Instant sentAt) {}
