package org.voyage.indicators.feature.verification.proof;

import java.time.Instant;
import java.util.UUID;

/**
 * A proof that was begun.
 *
 * @param by who asked for it; empty for the schedule
 */
public record ProofRun(UUID id, Instant startedAt, String by) {}
