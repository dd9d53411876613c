package org.voyage.indicators.feature.verification.trace;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.voyage.indicators.evidence.EvidenceHistory;
import org.voyage.kit.log.VersionOrder;

/** Location of an event in the log. */
@Schema(name = "EventPlace", description = "Event, by its position in the log. / 事件，以其在日志中的位置标识。")
public record EventLocation(
        String topic, int partition, long offset, String record, String key, int version, Instant time) {

    static EventLocation of(EvidenceHistory.StoredVersion stored) {
        EvidenceHistory.VersionLocation place = stored.location();
        return new EventLocation(
                place.topic(),
                place.partition(),
                place.offset(),
                stored.record(),
                place.key(),
                VersionOrder.versionOf(place.version()),
                place.eventTime());
    }
}
