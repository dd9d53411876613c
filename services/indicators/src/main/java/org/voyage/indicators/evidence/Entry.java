package org.voyage.indicators.evidence;

import org.jspecify.annotations.Nullable;
import org.voyage.indicators.intake.Delivery;
import org.voyage.indicators.intake.FactReader;
import org.voyage.indicators.intake.FactReaders;
import org.voyage.indicators.intake.UnreadableEvent;

/**
 * A message on its way into the evidence: read, or set aside with a reason.
 *
 * @param parts null when it could not be read
 * @param reason why not
 */
record Entry(Delivery delivery, FactReader.@Nullable Parts parts, String reason) {

    static Entry read(Delivery delivery, FactReader.Parts parts) {
        return new Entry(delivery, parts, "");
    }

    static Entry of(Delivery delivery, FactReaders readers) {
        try {
            FactReader reader = readers.of(delivery.record());
            return read(delivery, reader.readParts(delivery.key(), delivery.value()));
        } catch (UnreadableEvent e) {
            return setAside(delivery, e.reason());
        }
    }

    static Entry setAside(Delivery delivery, String reason) {
        return new Entry(delivery, null, reason);
    }

    Entry asSetAside(String why) {
        return setAside(delivery, why);
    }
}
