package org.voyage.kit.rules;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What breaking a rule leads to. */
@Schema(name = "Severity")
public enum Severity {
    @JsonProperty("refuse")
    REFUSE,
    @JsonProperty("warn")
    WARN
}
