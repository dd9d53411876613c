package org.voyage.kit.audit;

import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.Province;
import org.voyage.kit.database.StatementPipeline;

/**
 * Listener to refused records: receives each single record that could not be read or broke a rule, together with its
 * audit entry.
 */
public interface RefusalListener {

    /**
     * Counts a refused record.
     *
     * @param year that the record is about; null if the record does not say, or could not be read
     * @param trip pipeline that stores the audit entry of the refusal
     */
    void countRefusal(String record, Province province, @Nullable Integer year, StatementPipeline trip);
}
