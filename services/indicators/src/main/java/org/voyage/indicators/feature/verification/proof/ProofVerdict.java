package org.voyage.indicators.feature.verification.proof;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a proof says. */
@Schema(
        name = "ProofVerdict",
        enumeration = {"running", "proved", "differs", "undecided"})
public enum ProofVerdict {
    RUNNING,
    /** Every cell of every figure is the same by all three ways, and every derived value is what follows from them. */
    PROVED,
    DIFFERS,
    /** Something that a proof needs was not there; nothing is said about the figures. */
    UNDECIDED;

    @JsonValue
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
