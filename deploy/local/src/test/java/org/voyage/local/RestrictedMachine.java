package org.voyage.local;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What a process finds on its machine: a folder of fewer programs, or other disks. */
record RestrictedMachine(Path folder) implements AutoCloseable {
    /** All programs of this machine but those of these names. */
    static RestrictedMachine allBut(String... missing) throws IOException {
        Path tools = Files.createTempDirectory("tools");
        for (String folder : System.getenv("PATH").split(File.pathSeparator)) {
            try (Stream<Path> programs =
                    Files.isDirectory(Path.of(folder)) ? Files.list(Path.of(folder)) : Stream.of()) {
                for (Path program : programs.filter(Files::isExecutable).toList()) {
                    Path link = tools.resolve(program.getFileName());
                    if (!Set.of(missing).contains(program.getFileName().toString()) && !Files.exists(link)) {
                        Files.createSymbolicLink(link, program);
                    }
                }
            }
        }
        return new RestrictedMachine(tools);
    }

    Map<String, String> environment() {
        return Map.of("PATH", folder.toString());
    }

    /** Goes before a command: a disk in memory is mounted on the folder, seen by the command alone. */
    static List<String> afterMounting(Path folder, String options) {
        String mount = "mount -t tmpfs -o \"$2\" voyage \"$1\" && shift 2 && exec \"$@\"";
        return List.of(
                "unshare", "--user", "--map-root-user", "--mount", "sh", "-c", mount, "sh", folder.toString(), options);
    }

    /** Whether this machine lets its users mount what they alone see; most containers do not. */
    static boolean mayMount() {
        return SystemPrograms.succeeds(
                "unshare", "--user", "--map-root-user", "--mount", "mount", "-t", "tmpfs", "voyage", "/tmp");
    }

    /** Goes before a command: permissions of files hold, also when the tests run as root. */
    static List<String> asWhoMayNoMoreThanOthers() {
        return "root".equals(System.getProperty("user.name")) ? List.of("unshare", "--user") : List.of();
    }

    @Override
    public void close() throws IOException {
        FolderDeleter.deleteFolder(folder);
    }
}
