package org.voyage.indicators.fact;

import org.jspecify.annotations.Nullable;
import org.voyage.kit.log.LogMessage;

/**
 * Message on its way into the evidence: parsed, or a dead letter with a reason.
 *
 * @param parts null when the message is unreadable
 * @param reason why it is unreadable
 */
public record ParsedMessage(LogMessage message, FactReader.@Nullable EventSlices parts, String reason) {

    static ParsedMessage parsed(LogMessage message, FactReader.EventSlices parts) {
        return new ParsedMessage(message, parts, "");
    }

    public static ParsedMessage parse(LogMessage message, FactReaderRegistry readers) {
        try {
            return parsed(message, readers.readerOf(message.record()).readSlices(message));
        } catch (UnreadableEventException e) {
            return deadLetter(message, e.reason());
        }
    }

    public static ParsedMessage deadLetter(LogMessage message, String reason) {
        return new ParsedMessage(message, null, reason);
    }

    public ParsedMessage asDeadLetter(String why) {
        return deadLetter(message, why);
    }
}
