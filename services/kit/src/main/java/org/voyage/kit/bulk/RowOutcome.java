package org.voyage.kit.bulk;

import java.util.List;
import org.voyage.kit.web.Finding;

/** What became of one row. */
public sealed interface RowOutcome {
    RowOutcome CREATED = new Stored('C', "created");
    RowOutcome CORRECTED = new Stored('U', "corrected");
    RowOutcome UNCHANGED = new Stored('=', "unchanged");
    RowOutcome WITHDRAWN = new Stored('W', "withdrawn");

    /** Kept until what it refers to arrives. */
    RowOutcome PARKED = new Stored('P', "parked");

    /** The row is sound. */
    record Stored(char letter, String word) implements RowOutcome {}

    /** The row breaks rules; nothing of it is stored. */
    record Refused(List<Finding> findings) implements RowOutcome {
        public static final char LETTER = 'R';
        public static final String WORD = "refused";

        public Refused {
            findings = List.copyOf(findings);
        }
    }

    static RowOutcome refused(List<Finding> findings) {
        return new Refused(findings);
    }

    default char mark() {
        return switch (this) {
            case Stored stored -> stored.letter();
            case Refused _ -> Refused.LETTER;
        };
    }

    /** The word for a letter of {@code batch_chunk}. */
    static String word(char letter) {
        return switch (letter) {
            case 'C' -> "created";
            case 'U' -> "corrected";
            case '=' -> "unchanged";
            case 'W' -> "withdrawn";
            case 'P' -> "parked";
            case Refused.LETTER -> Refused.WORD;
            default -> throw new IllegalArgumentException("no outcome: " + letter);
        };
    }
}
