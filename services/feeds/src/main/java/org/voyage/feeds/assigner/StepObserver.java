package org.voyage.feeds.assigner;

/** Observer of the points of a step; a bean of a test can end a step at any of them, as a crash would. */
interface StepObserver {

    void reach(StepCrashPoint point);
}
