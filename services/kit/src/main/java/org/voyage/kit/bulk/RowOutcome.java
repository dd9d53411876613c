package org.voyage.kit.bulk;

import java.util.List;
import org.voyage.kit.web.Finding;
import org.voyage.kit.web.Refusal;

/** What became of one row. */
public sealed interface RowOutcome {
    RowOutcome CREATED = stored('C');
    RowOutcome CORRECTED = stored('U');
    RowOutcome UNCHANGED = stored('=');
    RowOutcome WITHDRAWN = stored('W');

    /** Kept until what it refers to arrives. */
    RowOutcome PARKED = stored('P');

    /**
     * The row is sound.
     *
     * @param changes the fields that differ from what stood before, if somebody wants to know (dry run)
     * @param warnings what is odd about it and does not refuse it
     */
    record Stored(char letter, List<FieldChange> changes, List<Finding> warnings) implements RowOutcome {
        public Stored {
            changes = List.copyOf(changes);
            warnings = List.copyOf(warnings);
        }
    }

    /** The row breaks rules; nothing of it is stored. */
    record Refused(List<Finding> findings) implements RowOutcome {
        public static final char LETTER = 'R';

        public Refused {
            findings = List.copyOf(findings);
        }
    }

    static RowOutcome corrected(List<FieldChange> changes) {
        return new Stored('U', changes, List.of());
    }

    static RowOutcome refused(List<Finding> findings) {
        return new Refused(findings);
    }

    /** What refuses the row as a whole names a rule that can be looked up, too. */
    static RowOutcome refused(Refusal refusal) {
        if (!refusal.findings().isEmpty()) {
            return refused(refusal.findings());
        }
        return refused(List.of(
                switch (refusal) {
                    case Refusal.NotFound _ ->
                        new Finding(
                                "",
                                "nothing-to-withdraw",
                                "There never was a record under this key.",
                                "此编号下从未有过记录，无可撤回。");
                    case Refusal.Conflict _ -> new Finding("", "got-in-between", refusal.detail(), refusal.detailZh());
                    case Refusal.TooLarge _ -> new Finding("", "row-too-large", refusal.detail(), refusal.detailZh());
                    default -> new Finding("", "cannot-be-stored", refusal.detail(), refusal.detailZh());
                }));
    }

    /** The same with warnings; a refused row has worse to say and stays as it is. */
    default RowOutcome warning(List<Finding> warnings) {
        return switch (this) {
            case Stored stored when !warnings.isEmpty() -> new Stored(stored.letter, stored.changes, warnings);
            case Stored stored -> stored;
            case Refused refused -> refused;
        };
    }

    default char mark() {
        return switch (this) {
            case Stored stored -> stored.letter();
            case Refused _ -> Refused.LETTER;
        };
    }

    private static RowOutcome stored(char letter) {
        return new Stored(letter, List.of(), List.of());
    }

    /** The word for a letter of {@code batch_chunk}. */
    static String word(char letter) {
        return switch (letter) {
            case 'C' -> "created";
            case 'U' -> "corrected";
            case '=' -> "unchanged";
            case 'W' -> "withdrawn";
            case 'P' -> "parked";
            case Refused.LETTER -> "refused";
            default -> throw new IllegalArgumentException("no outcome: " + letter);
        };
    }
}
