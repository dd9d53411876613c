package org.voyage.feeds.assigner;

/** Point of a step at which a crash is tested. */
enum StepCrashPoint {
    BEFORE_COMMIT,
    BEFORE_WITNESS,
    BEFORE_VISIBLE,
    AFTER_VISIBLE
}
