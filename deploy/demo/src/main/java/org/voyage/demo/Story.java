package org.voyage.demo;

import java.util.List;

/**
 * What life does to a record after it was sent: steps that end in a state which leaves the published figures right.
 * Told once; when the record is already there, only the last step is repeated, which then changes nothing.
 */
record Story(String what, List<Step> steps) {

    sealed interface Step {
        Entry entry();
    }

    /** Create or correct. */
    record Send(Entry entry) implements Step {}

    record Withdraw(Entry entry, String reason) implements Step {}

    Step last() {
        return steps.getLast();
    }
}
