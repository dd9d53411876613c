package org.voyage.demo;

import java.util.List;

/**
 * What life does to a record after it was sent: steps that end in a state which leaves the published figures right.
 * Told once; when the record is already there, only the last step is repeated, which then changes nothing.
 */
record RecordStory(String what, List<StoryStep> steps) {

    sealed interface StoryStep {
        BureauRecord entry();
    }

    /** Create or correct. */
    record SendStep(BureauRecord entry) implements StoryStep {}

    record WithdrawStep(BureauRecord entry, String reason) implements StoryStep {}

    StoryStep lastStep() {
        return steps.getLast();
    }
}
