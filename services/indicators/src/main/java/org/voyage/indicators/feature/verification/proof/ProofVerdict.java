package org.voyage.indicators.feature.verification.proof;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Verdict of a proof. */
@Schema(
        name = "ProofVerdict",
        enumeration = {"running", "proved", "differs", "undecided"})
public enum ProofVerdict {
    RUNNING,
    /** Every cell of every figure is equal in all three sources, and every derived value follows from them. */
    PROVED,
    DIFFERS,
    /** A precondition of the proof is missing; it says nothing about the figures. */
    UNDECIDED;

    @JsonValue
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
