package org.voyage.kittest;

/**
 * Amount of work of a test with random data. The short form runs by default. {@code ./voyage test --long} sets the
 * system property {@code voyage.test.long}, and the long form runs. Both make the same assertions.
 */
public final class TestEffort {
    private static final boolean IS_LONG_RUN = Boolean.getBoolean("voyage.test.long");

    private TestEffort() {}

    /** Returns the number of histories, seeds, rounds or rows of the form that runs. */
    public static int choose(int shortForm, int longForm) {
        return IS_LONG_RUN ? longForm : shortForm;
    }
}
