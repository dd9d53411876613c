package org.voyage.indicators.query;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_EMPTY;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.definition.Figure;
import org.voyage.indicators.definition.LocalizedText;
import org.voyage.indicators.definition.Unit;
import org.voyage.indicators.reference.CodeLabel;

/** Response types (DTOs) of the figures. */
public final class FigureResponses {

    private static final String VALUES_DESCRIPTION =
            "one object per value: its codes, and value: whole for counts, with two decimals for shares and"
                    + " the like, null where there is none (a share of nothing). status says why it is missing otherwise: not-reported, with"
                    + " lastReported, or suppressed; with shares also share, in percent of"
                    + " its total";
    private static final String COMPONENTS_DESCRIPTION =
            "of a derived figure, when nothing is split: what the value is made of";
    private static final String OTHERS_DESCRIPTION =
            "with top: what is not among the largest, put together; count says how many values that is";
    private static final String TOTALS_DESCRIPTION = "with totals: the whole, split by nothing but the year";
    private static final String COVERAGE_DESCRIPTION =
            "how complete each year of the answer is; not for readers outside";
    private static final String NOTES_DESCRIPTION = "what the reader has to know about the answer";

    private FigureResponses() {}

    @Schema(
            name = "IndicatorAnswer",
            description = "A figure: what it is called, what it counts, and what it can be split by.")
    public record IndicatorAnswer(
            String code,
            int version,
            LocalizedText name,
            Unit unit,

            @Schema(description = "what is counted; of a derived figure that of the first figure behind it")
            String record,

            @Schema(
                    description = "stock: at a date; flow: in a period; flow-of-year: known by year only",
                    examples = "stock")
            String period,

            List<String> dimensions,
            List<String> lists,

            @Schema(
                    description =
                            "for readers outside, of a figure of persons: what goes together. It is split and filtered by the"
                                    + " dimensions and lists of one of these, and the year; those of two do not go together")
            @JsonInclude(NON_EMPTY)
            List<TableAnswer> tables,

            LocalizedText derivation,

            @Schema(nullable = true, description = "how it is derived from other figures; absent: counted from records")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Nullable
            DerivedAnswer derived) {}

    @Schema(
            name = "TableAnswer",
            description = "Dimensions and lists by which one question may split and filter what was released.")
    public record TableAnswer(List<String> dimensions, List<String> lists) {}

    @Schema(
            name = "DerivedAnswer",
            description = "A figure that is computed from others at the moment that it is asked for.")
    public record DerivedAnswer(
            @Schema(description = "share, sum, change, growth, over, concentration or median", examples = "share")
            String kind,

            @Schema(description = "the figures that it is computed from")
            List<String> of) {}

    @Schema(name = "ComponentAnswer", description = "A figure that the value is derived from.")
    public record ComponentAnswer(
            @Schema(
                    description =
                            "part and whole of a share; now and before of a change; last and first of a growth; term of a"
                                    + " sum; each: what is looked at code by code",
                    examples = "part")
            String role,

            @Schema(description = "code of the figure; of a published number the name of its series")
            String indicator,

            @Schema(
                    description = "version of its definition; of a published number that of the set that contains it",
                    examples = "1")
            int version,

            @Schema(
                    nullable = true,
                    description =
                            "what to ask `/v1/indicators/{indicator}/values` for; null for \"a year ago today\" and for a"
                                    + " published number")
            @JsonProperty("query")
            @Nullable
            String query,

            @Schema(
                    nullable = true,
                    description =
                            "null for what is looked at code by code, where there is none, and where no province has reported")
            @JsonProperty("value")
            @Nullable
            Number value) {

        /** Returns this component without its value. */
        public ComponentAnswer withoutValue() {
            return new ComponentAnswer(role, indicator, version, query, null);
        }
    }

    /** Shape of a line of values, for the OpenAPI document only: further members are codes by dimension. */
    @Schema(
            name = "ValueLine",
            description = "A value, and a code for each dimension of the breakdown.",
            additionalProperties = Object.class)
    public record ValueLine(
            @JsonProperty("value") @Nullable Number value,

            @Schema(
                    description =
                            "only where the value is missing: not-reported where no province has reported about the year, or"
                                    + " suppressed in a release",
                    examples = "not-reported")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Nullable
            String status,

            @Schema(description = "only with not-reported: the last year about which a province has reported")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Nullable
            Integer lastReported,

            @Schema(description = "only of a breakdown by year") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Integer year,

            @Schema(description = "only with shares: in percent of its total")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Nullable
            Number share,

            @Schema(description = "only of others: how many values are put together")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Nullable
            Integer count) {}

    @Schema(name = "IndicatorsAnswer")
    public record IndicatorsAnswer(List<IndicatorAnswer> items) {}

    @Schema(name = "Heading", description = "The figure that a value is of.")
    public record FigureHeading(String code, int version, LocalizedText name, Unit unit) {

        public static FigureHeading of(Figure figure) {
            return of(figure, figure.version());
        }

        /**
         * Returns the heading of a figure.
         *
         * @param version version of the definition that counted it
         */
        public static FigureHeading of(Figure figure, int version) {
            return new FigureHeading(figure.code(), version, figure.name(), figure.unit());
        }
    }

    @Schema(
            name = "PositionAnswer",
            description = "What the answer holds: every event before these Kafka offsets, as of this moment.")
    public record PositionAnswer(
            @Schema(description = "per topic and partition the offset of the first event that is not counted yet")
            Map<String, Map<String, Long>> topics,

            Instant time) {}

    @Schema(
            name = "ReleaseAnswer",
            description = "For readers outside: the release that the figure of persons is taken from.")
    public record ReleaseAnswer(
            @Schema(description = "grows by one with every release", examples = "7")
            long number,

            @Schema(description = "when it was made") Instant at) {}

    @Schema(name = "CoverageYear", description = "How complete one year of a figure is.")
    public record CoverageYear(
            int year,

            @Schema(
                    description =
                            "false: at the past moment that was asked for nothing was known yet of the records that the figure"
                                    + " counts")
            boolean known,

            @Schema(
                    description =
                            "provinces that have reported about this year: they have records about it, of every record that the"
                                    + " figure counts, or have submitted it. Of a stock those that have such records of any year,"
                                    + " and have sent anything to the service in this year or about it, or later")
            int provinces,

            @Schema(
                    description =
                            "whether any of the provinces that were asked about has reported about this year. Where none has,"
                                    + " a flow is null with the status not-reported, and not 0; so is a stock about which no"
                                    + " province has ever reported")
            boolean reported,

            @Schema(
                    nullable = true,
                    description =
                            "the last year, up to this one, about which any of these provinces has reported; null: none",
                    examples = "2023")
            @JsonProperty("lastReported")
            @Nullable
            Integer lastReported,

            @Schema(nullable = true, description = "provinces whose year is accepted or locked")
            @JsonProperty("closed")
            @Nullable
            Integer closed,

            @Schema(
                    nullable = true,
                    description =
                            "provinces that have closed the year that it is compared with and not this one, which is over; a bureau"
                                    + " sees its own")
            @JsonProperty("notClosed")
            @Nullable
            List<String> notClosed,

            @Schema(
                    nullable = true,
                    description =
                            "rows of files and single writes about this year, of the records that the figure counts, that wait now"
                                    + " for what they refer to; a bureau sees its own. This and what follows, down to lastPush, is"
                                    + " null for a past point in time: its past state is not kept")
            @JsonProperty("parked")
            @Nullable
            Long parked,

            @Schema(nullable = true, description = "the same of what broke a rule; each attempt counts")
            @JsonProperty("refused")
            @Nullable
            Long refused,

            @Schema(
                    nullable = true,
                    description = "records about this year in the services that the figure counts records of, as"
                            + " `/v1/completeness` says; a bureau sees its own")
            @JsonProperty("received")
            @Nullable
            Long received,

            @Schema(
                    nullable = true,
                    description =
                            "as many are expected: by plans, and where there is none as many as about the year before; of the"
                                    + " provinces of which one of the two is there, null when it is of none")
            @JsonProperty("expected")
            @Nullable
            Long expected,

            @Schema(
                    nullable = true,
                    description = "plan, year-before, or both where some have a plan; null where expected is",
                    examples = "year-before")
            @JsonProperty("expectedFrom")
            @Nullable
            String expectedFrom,

            @Schema(
                    nullable = true,
                    description =
                            "when a record about this year, of those that the figure counts, was last changed or sent in a"
                                    + " file, or what waits or was refused became more or less; a bureau sees its own; null: never, or"
                                    + " before the service started and not looked up yet")
            @JsonProperty("lastPush")
            @Nullable
            Instant lastPush,

            @Schema(
                    description =
                            "provinces that have reported about the year that it is compared with (the one before; of a change or growth"
                                    + " the one that it goes back to) and none about this one; a bureau sees its own")
            List<String> missing,

            @Schema(
                    description =
                            "provinces that have reported about this year and not about the one that it is compared with, where"
                                    + " anybody has about that one; empty for a stock; a bureau sees its own")
            List<String> added,

            @Schema(
                    description =
                            "provinces with less than half of the records about this year that are expected: as planned, and where"
                                    + " nothing is planned as about the year that it is compared with; none where both are fewer than"
                                    + " 20, or this year goes on; a bureau sees its own")
            List<String> fewer,

            @Schema(
                    description =
                            "provinces with more than twice the records that are expected, in the same way, also of a year that"
                                    + " goes on; a bureau sees its own")
            List<String> more,

            @Schema(
                    nullable = true,
                    description =
                            "why this year should not be compared with the other as it stands: provinces are missing or added, have"
                                    + " fewer or more records than expected, or have closed the other year only")
            @JsonProperty("warning")
            @Nullable
            LocalizedText warning) {

        /** Returns whether the year is not directly comparable with the year before. */
        public boolean differs() {
            return known && warning != null;
        }
    }

    @Schema(name = "ValuesAnswer")
    public record ValuesAnswer(
            FigureHeading indicator,
            List<String> by,
            Map<String, String> filters,
            String period,
            PositionAnswer position,

            @Schema(nullable = true) @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            ReleaseAnswer release,

            @Schema(type = SchemaType.ARRAY, implementation = ValueLine.class, description = VALUES_DESCRIPTION)
            List<Map<String, Object>> items,

            Map<String, Map<String, CodeLabel>> labels,

            @Schema(description = COMPONENTS_DESCRIPTION) @JsonInclude(NON_EMPTY)
            List<ComponentAnswer> components,

            @Schema(type = SchemaType.ARRAY, implementation = ValueLine.class, description = OTHERS_DESCRIPTION)
            @JsonInclude(NON_EMPTY)
            List<Map<String, Object>> others,

            @Schema(type = SchemaType.ARRAY, implementation = ValueLine.class, description = TOTALS_DESCRIPTION)
            @JsonInclude(NON_EMPTY)
            List<Map<String, Object>> totals,

            @Schema(description = COVERAGE_DESCRIPTION) @JsonInclude(NON_EMPTY)
            List<CoverageYear> coverage,

            @Schema(description = NOTES_DESCRIPTION) @JsonInclude(NON_EMPTY)
            List<NoteAnswer> notes) {}

    @Schema(name = "NoteAnswer", description = "Something that the reader of the answer has to know.")
    public record NoteAnswer(
            @Schema(examples = "others-do-not-add-up") String code, String zh, String en) {}

    @Schema(name = "FigureAnswer", description = "One of several figures that were asked for together.")
    public record FigureAnswer(
            FigureHeading indicator,
            String period,

            @Schema(type = SchemaType.ARRAY, implementation = ValueLine.class, description = VALUES_DESCRIPTION)
            List<Map<String, Object>> items,

            Map<String, Map<String, CodeLabel>> labels,

            @Schema(description = COMPONENTS_DESCRIPTION) @JsonInclude(NON_EMPTY)
            List<ComponentAnswer> components,

            @Schema(type = SchemaType.ARRAY, implementation = ValueLine.class, description = OTHERS_DESCRIPTION)
            @JsonInclude(NON_EMPTY)
            List<Map<String, Object>> others,

            @Schema(type = SchemaType.ARRAY, implementation = ValueLine.class, description = TOTALS_DESCRIPTION)
            @JsonInclude(NON_EMPTY)
            List<Map<String, Object>> totals,

            @Schema(description = COVERAGE_DESCRIPTION) @JsonInclude(NON_EMPTY)
            List<CoverageYear> coverage,

            @Schema(description = NOTES_DESCRIPTION) @JsonInclude(NON_EMPTY)
            List<NoteAnswer> notes) {}

    @Schema(name = "FiguresAnswer", description = "Several figures, all counted at one position in the log.")
    public record FiguresAnswer(
            List<String> by, Map<String, String> filters, PositionAnswer position, List<FigureAnswer> items) {}

    @Schema(
            name = "DeadLetterAnswer",
            description = "An event that could not be read. The key's older state counts until a readable one comes.")
    public record DeadLetterAnswer(
            String topic,
            int partition,
            long offset,

            @Schema(nullable = true) @JsonProperty("key") @Nullable
            String key,

            String reason,
            Instant storedAt,

            @Schema(
                    description =
                            "a later event of the same key was read since: a newer version, or the newest republished")
            boolean healed,

            @Schema(description = "the bytes, base64") String message) {}

    @Schema(name = "DeadLettersAnswer")
    public record DeadLettersAnswer(
            List<DeadLetterAnswer> items,

            @Schema(nullable = true, description = "cursor of the next page") @JsonProperty("next") @Nullable
            String next) {}
}
