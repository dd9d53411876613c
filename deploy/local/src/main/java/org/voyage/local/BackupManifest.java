package org.voyage.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * List of the files of a backup with their sizes and check sums. It is written last: a folder without it is no backup.
 *
 * @param taken moment of the backup; everything that was acknowledged before is in it
 * @param files size and CRC-32C by path
 */
record BackupManifest(Instant taken, Map<String, String> files) {

    private static final String FILE = "voyage-backup";
    private static final String HEAD = "Voyage backup of ";

    /** Lists the files of a folder. */
    static BackupManifest create(Path folder, Instant taken) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
                files.put(folder.relativize(path).toString(), describeFile(path));
            }
        }
        return new BackupManifest(taken, files);
    }

    /**
     * Reads the list of a backup.
     *
     * @throws StartFailedException when the folder is no finished backup
     */
    static BackupManifest read(Path folder) {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            throw new StartFailedException(
                    folder + " is no finished backup: it has no file " + FILE + ". Choose another folder.");
        }
        try {
            List<String> lines = Files.readAllLines(file);
            Map<String, String> files = new LinkedHashMap<>();
            for (String line : lines.subList(1, lines.size())) {
                int path = line.indexOf(' ', line.indexOf(' ') + 1);
                files.put(line.substring(path + 1), line.substring(0, path));
            }
            return new BackupManifest(Instant.parse(lines.getFirst().substring(HEAD.length())), files);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(Path folder) throws IOException {
        StringBuilder text = new StringBuilder(HEAD).append(taken).append('\n');
        files.forEach((path, description) ->
                text.append(description).append(' ').append(path).append('\n'));
        Path file = folder.resolve(FILE);
        Files.writeString(file, text.toString());
        SystemPrograms.syncFolder(folder);
    }

    /**
     * Requires that a file is the listed one.
     *
     * @throws StartFailedException when it is another one or absent
     */
    void requireFile(Path folder, String path) throws IOException {
        Path file = folder.resolve(path);
        if (!Files.exists(file) || !describeFile(file).equals(files.get(path))) {
            throw new StartFailedException("The backup is damaged: " + file + " is not the file that was stored.");
        }
    }

    /** Returns whether a path of a backup is the list itself. */
    static boolean isManifest(Path path) {
        return path.toString().equals(FILE);
    }

    /** Returns the size of all files in bytes. */
    long countBytes() {
        return files.values().stream()
                .mapToLong(each -> Long.parseLong(each.substring(0, each.indexOf(' '))))
                .sum();
    }

    private static String describeFile(Path file) throws IOException {
        CRC32C sum = new CRC32C();
        long size = 0;
        byte[] block = new byte[64 << 10];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(block); read > 0; read = in.read(block)) {
                sum.update(block, 0, read);
                size += read;
            }
        }
        return size + " " + Long.toHexString(sum.getValue());
    }
}
