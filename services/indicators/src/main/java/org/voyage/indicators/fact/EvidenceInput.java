package org.voyage.indicators.fact;

import org.jspecify.annotations.Nullable;
import org.voyage.kit.log.LogMessage;

/**
 * Message on its way into the evidence: parsed, or a dead letter with a reason.
 *
 * @param parts null when the message is unreadable
 * @param reason why it is unreadable
 */
public record EvidenceInput(LogMessage message, FactReader.@Nullable EventSlices parts, String reason) {

    static EvidenceInput parsed(LogMessage message, FactReader.EventSlices parts) {
        return new EvidenceInput(message, parts, "");
    }

    public static EvidenceInput parse(LogMessage message, FactReaderRegistry readers) {
        try {
            return parsed(message, readers.readerOf(message.record()).readSlices(message));
        } catch (UnreadableEventException e) {
            return deadLetter(message, e.reason());
        }
    }

    public static EvidenceInput deadLetter(LogMessage message, String reason) {
        return new EvidenceInput(message, null, reason);
    }

    public EvidenceInput asDeadLetter(String why) {
        return deadLetter(message, why);
    }
}
