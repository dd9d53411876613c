package org.voyage.kit.bulk.outcome;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.voyage.kit.bulk.format.FieldChange;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;

/** Outcome of one row. */
public sealed interface RowOutcome {
    RowOutcome CREATED = stored('C');
    RowOutcome CORRECTED = stored('U');
    RowOutcome UNCHANGED = stored('=');
    RowOutcome WITHDRAWN = stored('W');

    /** The row is stored until its parent arrives. */
    RowOutcome PARKED = stored('P');

    /**
     * The row is sound.
     *
     * @param changes the fields that differ from the previous version, only in a dry run
     * @param warnings findings that do not refuse the row
     */
    record StoredRowOutcome(char letter, List<FieldChange> changes, List<Finding> warnings) implements RowOutcome {
        public StoredRowOutcome {
            changes = List.copyOf(changes);
            warnings = List.copyOf(warnings);
        }
    }

    /** The row breaks rules; nothing of it is stored. */
    record RefusedRowOutcome(List<Finding> findings) implements RowOutcome {
        public static final char REFUSED_LETTER = 'R';

        public RefusedRowOutcome {
            findings = List.copyOf(findings);
        }
    }

    static RowOutcome corrected(List<FieldChange> changes) {
        return new StoredRowOutcome('U', changes, List.of());
    }

    static RowOutcome refused(List<Finding> findings) {
        return new RefusedRowOutcome(findings);
    }

    /** Returns the outcome of a refusal of the row as a whole, which also names a documented rule. */
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

    /** Returns this outcome with warnings; a refused row stays unchanged. */
    default RowOutcome withWarnings(List<Finding> warnings) {
        return switch (this) {
            case StoredRowOutcome stored
            when !warnings.isEmpty() -> new StoredRowOutcome(stored.letter, stored.changes, warnings);
            case StoredRowOutcome stored -> stored;
            case RefusedRowOutcome refused -> refused;
        };
    }

    default char outcomeLetter() {
        return switch (this) {
            case StoredRowOutcome stored -> stored.letter();
            case RefusedRowOutcome _ -> RefusedRowOutcome.REFUSED_LETTER;
        };
    }

    private static RowOutcome stored(char letter) {
        return new StoredRowOutcome(letter, List.of(), List.of());
    }

    /** Words of the outcomes, by their letters in {@code batch_chunk}. */
    Map<Character, String> WORDS_BY_LETTER = Map.of(
            'C',
            "created",
            'U',
            "corrected",
            '=',
            "unchanged",
            'W',
            "withdrawn",
            'P',
            "parked",
            RefusedRowOutcome.REFUSED_LETTER,
            "refused");

    /** Returns the word for a letter of {@code batch_chunk}. */
    static String wordOf(char letter) {
        return Objects.requireNonNull(WORDS_BY_LETTER.get(letter), () -> "no outcome: " + letter);
    }
}
