package org.voyage.indicators.feature.verification.proof;

import java.time.Instant;
import java.util.UUID;

/**
 * Run of a proof that has begun.
 *
 * @param by the requester; empty for the schedule
 */
public record ProofRun(UUID id, Instant startedAt, String by) {}
