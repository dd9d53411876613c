package org.voyage.mobility.personal;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Progress of a key rotation.
 *
 * @param state running or finished
 * @param total rows to renew at the beginning
 * @param done rows renewed
 * @param unreadable rows that could not be decrypted: their key is missing
 * @param remaining rows that are not under the primary keys now
 */
@Schema(name = "RotationProgress")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RotationProgress(
        String state,
        int primary,
        int pseudonymPrimary,
        String startedBy,
        Instant startedAt,
        @Nullable Instant finishedAt,
        long total,
        long done,
        long unreadable,
        long remaining) {}
