package org.voyage.prove;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Disk of its own, 1.5 GB, for the data of a part of a server: a file that is mounted. */
record SmallDisk(ServerLab lab, String server, String part) {

    /** Name of the mounted folder in that of the server. */
    static final String MOUNT = "small-disk-mount";

    private static final String SIZE = "1536M";

    /** Makes the disk and lets the server use it from its first start on. @throws IOException when its files cannot be written */
    void make() throws IOException, InterruptedException {
        Path folder = lab.folderOf(server);
        DockerEngine.require(folder, Map.of(), "truncate", "-s", SIZE, "small-disk");
        DockerEngine.require(folder, Map.of(), "mkfs.ext4", "-q", "-m", "0", "small-disk");
        Files.createDirectory(mount());
        DockerEngine.require(folder, Map.of(), "mount", "-o", "loop", "small-disk", mount().toString());
        DockerEngine.require(folder, Map.of(), "chmod", "777", mount().toString());
        Files.createDirectory(mount().resolve("data"));
        DockerEngine.require(
                folder, Map.of(), "chmod", "777", mount().resolve("data").toString());
        lab.addOverlay(server, "small-disk.yml", """
                volumes:
                  %s-data: { driver: local, driver_opts: { type: none, o: bind, device: %s } }
                """.formatted(part, mount().resolve("data")));
    }

    private Path mount() {
        return lab.folderOf(server).resolve(MOUNT);
    }

    /** Fills the disk to its last byte. */
    void fill() throws InterruptedException {
        DockerEngine.run(
                mount(), Map.of(), "dd", "if=/dev/zero", "of=filler", "bs=64K", "oflag=append", "conv=notrunc");
    }

    void empty() throws IOException {
        Files.deleteIfExists(mount().resolve("filler"));
    }

    long countFreeBytes() throws IOException {
        return Files.getFileStore(mount()).getUsableSpace();
    }
}
