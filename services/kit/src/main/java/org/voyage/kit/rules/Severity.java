package org.voyage.kit.rules;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What breaking a rule leads to. */
public enum Severity {
    @JsonProperty("refuse")
    REFUSE,
    @JsonProperty("warn")
    WARN
}
