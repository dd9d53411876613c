package org.voyage.indicators.proof;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.voyage.indicators.evidence.PastEvidence;

/** An event, by its place in the log. */
@Schema(name = "EventPlace", description = "An event, by its place in the log.")
record EventPlace(String topic, int partition, long offset, String record, String key, int version, Instant time) {

    static EventPlace of(PastEvidence.Step stored) {
        PastEvidence.Place place = stored.place();
        return new EventPlace(
                place.topic(),
                place.partition(),
                place.offset(),
                stored.record(),
                place.key(),
                place.version(),
                place.eventTime());
    }
}
