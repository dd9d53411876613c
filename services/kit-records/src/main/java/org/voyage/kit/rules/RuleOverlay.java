package org.voyage.kit.rules;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Overlay of an operator over a rule; absent properties stay unchanged.
 *
 * @param amendments reason and date of the decision; at least one
 */
record RuleOverlay(
        @JsonProperty(required = true) String id,
        @Nullable Severity severity,
        @Nullable LocalDate from,
        @Nullable LocalDate until,
        @JsonProperty(required = true) List<RuleChange> amendments) {

    RuleOverlay {
        Objects.requireNonNull(id, "which rule");
        Objects.requireNonNull(amendments, "say under amendments why it is changed");
    }
}
