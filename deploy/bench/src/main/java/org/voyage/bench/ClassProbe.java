package org.voyage.bench;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Names of the classes whose methods have begun in this JVM. {@link ClassWatchAgent} puts a call into each method. */
public final class ClassProbe {

    static final Set<String> RUN = ConcurrentHashMap.newKeySet();

    private ClassProbe() {}

    /** Notes the class of a method that begins. */
    public static void note(String type) {
        RUN.add(type);
    }
}
