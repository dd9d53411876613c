package org.voyage.kittest;

/**
 * How much a test of random data tries. The short form runs by default; {@code ./voyage test --long} sets the system
 * property {@code voyage.test.long}, and the long form runs. Both make the same assertions.
 */
public final class TestEffort {
    private static final boolean LONG = Boolean.getBoolean("voyage.test.long");

    private TestEffort() {}

    /** The number of histories, seeds, rounds or rows of the form that runs. */
    public static int choose(int shortForm, int longForm) {
        return LONG ? longForm : shortForm;
    }
}
