/**
 * Proofs: a recount from the evidence and from the published log, compared with the live figures at one position.
 *
 * <p>{@link org.voyage.indicators.feature.verification.proof.ProofService} runs proofs on schedule and on demand. The
 * result is a {@link org.voyage.indicators.feature.verification.proof.ProofCertificate}, stored with a hash of the one
 * before.
 */
@NullMarked
package org.voyage.indicators.feature.verification.proof;

import org.jspecify.annotations.NullMarked;
