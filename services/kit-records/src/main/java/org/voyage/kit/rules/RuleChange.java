package org.voyage.kit.rules;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.LocalDate;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Change of a rule on a day. */
@Schema(name = "RuleChange")
public record RuleChange(
        @JsonProperty(required = true) LocalDate date,
        @JsonProperty(required = true) String zh,
        @JsonProperty(required = true) String en) {

    public RuleChange {
        Objects.requireNonNull(date, "a change needs its date");
        Objects.requireNonNull(zh, "a change has a Chinese text");
        Objects.requireNonNull(en, "a change has an English text");
    }
}
