package org.voyage.indicators.live;

import java.util.List;
import java.util.Map;

/**
 * A record that a fact belongs to, as a figure uses it.
 *
 * @param key {@code province/sourceId}
 * @param codes by field what the cells of the fact have from it
 */
public record JoinedRecord(String record, String key, int version, Map<String, List<String>> codes) {}
