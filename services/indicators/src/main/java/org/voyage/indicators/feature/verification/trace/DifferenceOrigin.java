package org.voyage.indicators.feature.verification.trace;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Origin of a differing cell. */
@Schema(
        name = "Origin",
        enumeration = {"evidence", "fold", "memory", "not-narrowed"})
public enum DifferenceOrigin {
    /** The evidence differs from the published log: an event is missing, changed or invented. */
    EVIDENCE,
    /** The fold itself: in a fresh replay of the same events, it differs from the recount from this event on. */
    FOLD,
    /** The memory: a fresh replay of the same events gives the value of the recount. */
    MEMORY,
    /** The origin was not searched, or not found. */
    NOT_NARROWED;

    @JsonValue
    String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
