package org.voyage.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Command {@code ./voyage restore}: it makes a data folder of a backup. */
final class RestoreCommand {

    private RestoreCommand() {}

    public static void main(String[] arguments) {
        try {
            List<Path> folders = LauncherArguments.parseFolders(List.of(arguments), List.of("the folder of a backup"));
            System.out.println(restore(folders.getLast(), folders.getFirst()));
        } catch (StartFailedException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        } catch (IOException e) {
            System.err.println("The restore failed; repeat it: " + e.getMessage());
            System.exit(1);
        }
    }

    private static String restore(Path backup, Path data) throws IOException {
        if (!Files.isDirectory(backup)) {
            throw new StartFailedException("There is no folder " + backup + ".");
        }
        BackupManifest manifest = BackupManifest.read(backup);
        try (DataFolder folder = DataFolder.open(data)) {
            folder.beginRestore();
            new FolderMirror(backup, data, path -> !BackupManifest.isManifest(path)).copyChanges();
            for (String path : manifest.files().keySet()) {
                manifest.requireFile(data, path);
            }
            SystemPrograms.syncFolder(data);
            folder.endRestore();
        }
        return String.format(
                Locale.ROOT,
                "Restored %d files, %d MB, as of %s. Start with ./voyage up --data %s%n已恢复到 %s，可以启动平台。",
                manifest.files().size(),
                manifest.countBytes() >> 20,
                manifest.taken(),
                data,
                manifest.taken());
    }
}
