package org.voyage.indicators.rehearsal;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.query.Answers.Heading;
import org.voyage.indicators.query.Answers.NoteAnswer;
import org.voyage.indicators.query.Answers.PositionAnswer;

/** The shapes of the answers about a definition that is rehearsed. */
final class RehearsalAnswers {

    private RehearsalAnswers() {}

    @Schema(name = "RehearsalRow", description = "One place, by both definitions.")
    record RowAnswer(
            @Schema(description = "by what is split: the code of this place, empty for none")
            Map<String, String> at,

            @Schema(
                    nullable = true,
                    description = "null where it has no value, cannot be asked this way, or does not exist yet")
            @Nullable
            BigDecimal active,

            @Schema(nullable = true, description = "the same of the candidate") @Nullable
            BigDecimal candidate,

            @Schema(nullable = true, description = "candidate minus active; null when either is") @Nullable
            BigDecimal difference) {

        static RowAnswer of(Rehearsal.Row row) {
            return new RowAnswer(row.at(), row.active(), row.candidate(), row.difference());
        }
    }

    @Schema(name = "Rehearsal", description = "Both definitions over the same records of one moment.")
    record Page(
            @Schema(
                    nullable = true,
                    description = "the definition that serves; null for a figure that does not exist yet")
            @Nullable
            Heading active,

            Heading candidate,
            List<String> by,
            Map<String, String> filters,
            String period,
            PositionAnswer position,

            @Schema(description = "how many places there are")
            int places,

            @Schema(description = "at how many of them the two differ")
            int differing,

            List<RowAnswer> rows,

            @Schema(description = "what the reader has to know, such as that one of the two lacks a dimension")
            List<NoteAnswer> notes,

            @Schema(nullable = true) @Nullable String next) {}
}
