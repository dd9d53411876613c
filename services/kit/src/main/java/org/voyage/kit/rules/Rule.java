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
 * A rule that the data is held to.
 *
 * @param id the {@code rule} of a finding
 * @param records it is for; {@code all} for every one
 * @param fixed whether the platform stands on it: it cannot be softened or switched off
 * @param from first day on which it is in force; null: it always was
 * @param until first day on which it no longer is; null: for ever
 * @param holds what holds
 * @param mend what to do when it does not
 * @param changes what changed about it, oldest first
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
        @JsonProperty(required = true) BilingualText mend,
        @JsonProperty(required = true) List<RuleChange> changes) {

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

    /** @throws IllegalArgumentException if the rule cannot be changed like this */
    Rule withOverlay(RuleOverlay over) {
        if (fixed) {
            throw new IllegalArgumentException("the rule is fixed");
        }
        if (over.changes().isEmpty()) {
            throw new IllegalArgumentException("say under changes why it is changed");
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
                mend,
                Stream.concat(changes.stream(), over.changes().stream()).toList());
    }
}
