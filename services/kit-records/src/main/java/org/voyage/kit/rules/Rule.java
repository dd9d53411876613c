package org.voyage.kit.rules;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.problem.RuleVerdict;

/**
 * Rule for the data, with its correction hint.
 *
 * @param id the {@code rule} of a finding
 * @param records record types of the rule; {@code all} for every one
 * @param fixed whether the platform depends on the rule: it cannot be softened or switched off
 * @param from first day on which it is in force; null: no beginning
 * @param until first day on which it is no longer in force; null: no end
 * @param holds the condition
 * @param amendments dated changes of the rule, oldest first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Rule")
public record Rule(
        @JsonProperty(required = true) String id,
        @JsonProperty(required = true) List<String> records,
        @JsonProperty(required = true) Severity severity,
        @JsonProperty(required = true) boolean fixed,
        @Nullable LocalDate from,
        @Nullable LocalDate until,
        @JsonProperty(required = true) BilingualText holds,
        @JsonProperty(required = true) BilingualText repair,
        @JsonProperty(required = true) List<RuleChange> amendments) {

    static final String ALL_RECORDS = "all";

    boolean appliesTo(String record) {
        return records.contains(ALL_RECORDS) || records.contains(record);
    }

    RuleVerdict verdictOn(LocalDate day) {
        if (from != null && day.isBefore(from) || until != null && !day.isBefore(until)) {
            return RuleVerdict.IGNORE;
        }
        return severity == Severity.WARN ? RuleVerdict.WARN : RuleVerdict.REFUSE;
    }

    /**
     * Returns this rule with an operator's changes.
     *
     * @throws IllegalArgumentException if the rule cannot be changed like this
     */
    Rule withOverlay(RuleOverlay over) {
        if (fixed) {
            throw new IllegalArgumentException("the rule is fixed");
        }
        if (over.amendments().isEmpty()) {
            throw new IllegalArgumentException("say under amendments why it is changed");
        }
        LocalDate starts = over.from() == null ? from : over.from();
        LocalDate ends = over.until() == null ? until : over.until();
        if (starts != null && ends != null && !starts.isBefore(ends)) {
            throw new IllegalArgumentException("until is not after from");
        }
        return new Rule(
                id,
                records,
                over.severity() == null ? severity : over.severity(),
                false,
                starts,
                ends,
                holds,
                repair,
                Stream.concat(amendments.stream(), over.amendments().stream()).toList());
    }
}
