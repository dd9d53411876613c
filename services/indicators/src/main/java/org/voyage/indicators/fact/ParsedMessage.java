package org.voyage.indicators.fact;

import org.jspecify.annotations.Nullable;
import org.voyage.indicators.log.LogMessage;

/**
 * Message on its way into the evidence: parsed, or a dead letter with a reason.
 *
 * @param parts null when the message is unreadable
 * @param reason why it is unreadable
 */
public record ParsedMessage(LogMessage message, FactReader.@Nullable EventSlices parts, String reason) {

    static ParsedMessage parsed(LogMessage delivery, FactReader.EventSlices parts) {
        return new ParsedMessage(delivery, parts, "");
    }

    public static ParsedMessage parse(LogMessage delivery, FactReaderRegistry readers) {
        try {
            FactReader reader = readers.readerOf(delivery.record());
            return parsed(delivery, reader.readSlices(delivery.key(), delivery.value()));
        } catch (UnreadableEventException e) {
            return deadLetter(delivery, e.reason());
        }
    }

    public static ParsedMessage deadLetter(LogMessage delivery, String reason) {
        return new ParsedMessage(delivery, null, reason);
    }

    public ParsedMessage asDeadLetter(String why) {
        return deadLetter(message, why);
    }
}
