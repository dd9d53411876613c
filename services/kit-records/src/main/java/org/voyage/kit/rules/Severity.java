package org.voyage.kit.rules;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Severity of a rule: the consequence of breaking it. */
@Schema(name = "Severity")
public enum Severity {
    @JsonProperty("refuse")
    REFUSE,
    @JsonProperty("warn")
    WARN
}
