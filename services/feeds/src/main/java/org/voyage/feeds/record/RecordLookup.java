package org.voyage.feeds.record;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Current states of the records, by outside id. */
public interface RecordLookup {

    /** Returns the state of a record; null for one that the log has not named yet. */
    @Nullable
    RecordState findRecord(String outsideId);

    /** Returns the outside ids of the recognitions of a standard that are not withdrawn. */
    Collection<String> findRecognitions(String standardId);

    /** Returns the outside ids of the withdrawn records that go on under a record. */
    Collection<String> findRecordsMovedTo(String outsideId);
}
