package org.voyage.demo;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/**
 * Story of a record after its first write: steps whose final state agrees with the published figures. A story runs
 * once. When the record already exists, only the last step is repeated, which then changes nothing.
 */
record RecordStory(String what, List<StoryStep> steps) {

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
    @JsonSubTypes({
        @JsonSubTypes.Type(name = "send", value = SendStep.class),
        @JsonSubTypes.Type(name = "withdraw", value = WithdrawStep.class)
    })
    sealed interface StoryStep {
        BureauRecord entry();
    }

    /** Creation or correction. */
    record SendStep(BureauRecord entry) implements StoryStep {}

    record WithdrawStep(BureauRecord entry, String reason) implements StoryStep {}

    StoryStep lastStep() {
        return steps.getLast();
    }
}
