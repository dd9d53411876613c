package org.voyage.images;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.voyage.prove.DockerEngine;

/** Images of this project, made once for the tests of this process. */
final class ContainerImages {

    /** All images, bases first. */
    static final List<String> NAMES = List.of(
            "jre",
            "libraries",
            "mobility",
            "cooperation",
            "overseas",
            "standards",
            "indicators",
            "feeds",
            "dashboard",
            "issuer",
            "kafka",
            "keycloak",
            "postgres",
            "etcd",
            "haproxy",
            "prometheus");

    private static boolean isMade;

    private ContainerImages() {}

    static void make() throws InterruptedException {
        if (!isMade) {
            DockerEngine.require(
                    Path.of("."), Map.of(), DockerEngine.prepend("./build.sh", NAMES.toArray(String[]::new)));
            isMade = true;
        }
    }

    /** Returns whether root runs the test, an engine answers, and Compose and the builder of Debian roots are installed. */
    static boolean canBeMade() throws InterruptedException {
        return succeeds("bash", "-c", "[ $(id -u) = 0 ]")
                && succeeds("docker", "info")
                && succeeds("docker", "compose", "version")
                && succeeds("mmdebstrap", "--version");
    }

    private static boolean succeeds(String... command) throws InterruptedException {
        return DockerEngine.run(Path.of("."), Map.of(), command).code() == 0;
    }
}
