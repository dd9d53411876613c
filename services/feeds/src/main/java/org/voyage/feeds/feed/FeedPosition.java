package org.voyage.feeds.feed;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Position in the log of a feed, and the id of the event there: {@code 7-0000000000000412}.
 *
 * @param epoch from 1
 * @param sequence from 1 without gap; 0 is the position before the first event
 */
public record FeedPosition(int epoch, long sequence) implements Comparable<FeedPosition> {

    private static final int SEQUENCE_DIGITS = 16;
    private static final Pattern TEXT = Pattern.compile("([1-9][0-9]{0,8})-([0-9]{16})");

    /** Returns the text, whose order within an epoch is that of the events. */
    public String text() {
        return epoch + "-" + formatSequence(sequence);
    }

    /** Returns 16 digits. */
    public static String formatSequence(long sequence) {
        String digits = Long.toString(sequence);
        return "0".repeat(SEQUENCE_DIGITS - digits.length()) + digits;
    }

    /** Parses {@link #text()}; empty for every other text. */
    public static Optional<FeedPosition> parse(String text) {
        Matcher match = TEXT.matcher(text);
        return match.matches()
                ? Optional.of(new FeedPosition(Integer.parseInt(match.group(1)), Long.parseLong(match.group(2))))
                : Optional.empty();
    }

    /** Returns whether no event can be between the other position and this one. */
    public boolean isNextAfter(FeedPosition other) {
        return epoch == other.epoch && sequence == other.sequence + 1;
    }

    @Override
    public int compareTo(FeedPosition other) {
        return epoch != other.epoch ? Integer.compare(epoch, other.epoch) : Long.compare(sequence, other.sequence);
    }
}
