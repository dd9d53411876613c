package org.voyage.kit.record;

import java.util.List;

/**
 * Key and names of a record, by which people call it.
 *
 * @param names at least one, none empty; the first is shown
 */
public record NamedRecord(RecordKey key, List<String> names) {

    public String name() {
        return names.getFirst();
    }
}
