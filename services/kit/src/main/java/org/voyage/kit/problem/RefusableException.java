package org.voyage.kit.problem;

/** An exception that has a meaning for the caller of the API. */
public interface RefusableException {

    /** Returns the refusal that the caller receives. */
    Refusal toRefusal();
}
