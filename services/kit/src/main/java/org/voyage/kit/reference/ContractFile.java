package org.voyage.kit.reference;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** File of {@code contracts} on the class path of the service, or on that of the thread. */
public final class ContractFile {

    private ContractFile() {}

    /**
     * Opens a file.
     *
     * @param path below {@code contracts}
     * @throws IllegalStateException if there is no such file
     */
    public static InputStream open(String path) {
        InputStream in = find(path);
        if (in == null) {
            throw new IllegalStateException("not on the class path: contracts/" + path);
        }
        return in;
    }

    public static boolean exists(String path) {
        try (InputStream in = find(path)) {
            return in != null;
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        }
    }

    private static @Nullable InputStream find(String path) {
        String name = "contracts/" + path;
        InputStream in = ContractFile.class.getResourceAsStream("/" + name);
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return in == null && context != null ? context.getResourceAsStream(name) : in;
    }
}
