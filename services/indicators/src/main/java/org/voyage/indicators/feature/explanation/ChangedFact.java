package org.voyage.indicators.feature.explanation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fact that changed in a span of the log: the kind of each version, and its state at the beginning. */
public final class ChangedFact {

    private final String record;
    private final String key;
    private final List<String> changes = new ArrayList<>(1);
    private byte @Nullable [] stateBefore;

    /** @param key {@code province/sourceId} */
    ChangedFact(String record, String key) {
        this.record = record;
        this.key = key;
    }

    void addChange(String change) {
        changes.add(change);
    }

    void setStateBefore(byte[] state) {
        stateBefore = state;
    }

    String record() {
        return record;
    }

    String key() {
        return key;
    }

    String province() {
        return key.substring(0, key.indexOf('/'));
    }

    /** Returns the kind of each version, in no order. */
    List<String> changes() {
        return changes;
    }

    /** Returns the state at the beginning; null when the fact did not exist. */
    byte @Nullable [] stateBefore() {
        return stateBefore;
    }
}
