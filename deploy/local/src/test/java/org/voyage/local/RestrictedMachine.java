package org.voyage.local;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Restricted machine for a process: fewer programs, or other disks. */
record RestrictedMachine(Path folder) implements AutoCloseable {
    /** Returns a machine with all programs except the named ones. */
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

    /** Returns the command prefix that mounts a disk in memory on the folder, visible to the command alone. */
    static List<String> afterMounting(Path folder, String options) {
        String mount = "mount -t tmpfs -o \"$2\" voyage \"$1\" && shift 2 && exec \"$@\"";
        return List.of(
                "unshare", "--user", "--map-root-user", "--mount", "sh", "-c", mount, "sh", folder.toString(), options);
    }

    /** Returns whether users of this machine may mount privately; most containers forbid it. */
    static boolean mayMount() {
        return SystemPrograms.succeeds(
                "unshare", "--user", "--map-root-user", "--mount", "mount", "-t", "tmpfs", "voyage", "/tmp");
    }

    /** Returns the command prefix under which file permissions hold, even when the tests run as root. */
    static List<String> asWhoMayNoMoreThanOthers() {
        return "root".equals(System.getProperty("user.name")) ? List.of("unshare", "--user") : List.of();
    }

    @Override
    public void close() throws IOException {
        FolderDeleter.deleteFolder(folder);
    }
}
