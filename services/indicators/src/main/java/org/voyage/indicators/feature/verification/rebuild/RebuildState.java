package org.voyage.indicators.feature.verification.rebuild;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** State of a rebuild. */
@Schema(
        name = "RebuildState",
        enumeration = {"reading", "verifying", "switching", "done", "refused", "failed"})
enum RebuildState {
    READING,
    VERIFYING,
    SWITCHING,
    /** The new figures serve. */
    DONE,
    /** The new figures are not proved; the old figures and the old evidence stay in use. */
    REFUSED,
    /** A precondition of the rebuild was missing; the old figures stay in use, possibly with new evidence. */
    FAILED;

    @JsonValue
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean isFinal() {
        return this == DONE || this == REFUSED || this == FAILED;
    }
}
