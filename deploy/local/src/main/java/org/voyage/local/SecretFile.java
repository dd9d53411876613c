package org.voyage.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.function.Supplier;

/** Secret in a file that only its owner reads, created at the first start; a power cut leaves all of it or none. */
final class SecretFile {
    private SecretFile() {}

    /** Returns the content of the file, which a first call writes. */
    static String readOrCreate(Path file, Supplier<String> newSecret) throws IOException {
        if (Files.exists(file)) {
            return Files.readString(file);
        }
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
        Files.createDirectories(folder);
        String secret = newSecret.get();
        Path half = Files.createTempFile(
                folder,
                file.getFileName().toString(),
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(half, secret);
        forceToDisk(half, StandardOpenOption.WRITE);
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
        forceToDisk(folder, StandardOpenOption.READ);
        return secret;
    }

    private static void forceToDisk(Path path, StandardOpenOption how) throws IOException {
        try (FileChannel channel = FileChannel.open(path, how)) {
            channel.force(true);
        }
    }
}
