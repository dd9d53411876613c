package org.voyage.indicators.feature.verification.rebuild;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How far a rebuild is. */
@Schema(
        name = "RebuildState",
        enumeration = {"reading", "verifying", "switching", "done", "refused", "failed"})
enum RebuildState {
    READING,
    VERIFYING,
    SWITCHING,
    /** The new figures serve. */
    DONE,
    /** The new figures are not proved; the old ones go on serving, and so does the old evidence. */
    REFUSED,
    /** Something that it needs was not there; the old figures go on serving, be it beside evidence that is new. */
    FAILED;

    @JsonValue
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean isFinal() {
        return this == DONE || this == REFUSED || this == FAILED;
    }
}
