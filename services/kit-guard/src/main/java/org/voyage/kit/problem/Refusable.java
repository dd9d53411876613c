package org.voyage.kit.problem;

/** Exception with a refusal for the caller of the API. */
public interface Refusable {

    /** Returns the refusal that the caller receives. */
    Refusal toRefusal();
}
