package org.voyage.indicators.live;

import java.util.List;
import java.util.Map;

/**
 * Record that a fact belongs to, as a figure uses it.
 *
 * @param key {@code province/sourceId}
 * @param codes codes of the fact's cells that come from it, by field
 */
public record JoinedRecord(String record, String key, int version, Map<String, List<String>> codes) {}
