package org.voyage.prove;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Three servers as three Compose projects on one engine, used by the commands of an operator. */
public final class ServerLab {

    /** Names of the servers. */
    public static final List<String> SERVERS = List.of("server1", "server2", "server3");

    /** Servers with instances of the services: two of each fit on a small machine. */
    public static final List<String> SERVICE_SERVERS = List.of("server1", "server2");

    /** Services in the order of an upgrade: readers know new events before a service writes them. */
    static final List<String> SERVICES =
            List.of("indicators", "feeds", "mobility", "cooperation", "overseas", "standards", "dashboard");

    /** Version of the images that {@link #tagOtherVersion} finds or makes. */
    static final String OTHER_VERSION = "previous";

    /** Name of the platform for people and programs. */
    public static final String HOST = "voyage.lab";

    private static final String PROJECT_PREFIX = "voyage-lab-";
    private static final String HEALTHY = "All parts of this server are healthy and see those of the others.";

    private final Path command;
    private final Path folder;

    /**
     * @param project folder of the project
     * @param folder of the servers, which need not exist
     */
    public ServerLab(Path project, Path folder) {
        this.command = project.resolve("deploy/cluster/cluster.sh").toAbsolutePath();
        this.folder = folder.toAbsolutePath();
    }

    /** Returns the containers and volumes with the names of these servers, also those of another folder. */
    private static String findLeftovers() throws InterruptedException {
        return DockerEngine.docker("ps", "--all", "--quiet", "--filter", "name=^" + PROJECT_PREFIX)
                + DockerEngine.docker("volume", "ls", "--quiet", "--filter", "name=^" + PROJECT_PREFIX);
    }

    /** Returns the folder of all servers. */
    public Path folder() {
        return folder;
    }

    /** Returns the folder of a server. */
    public Path folderOf(String server) {
        return folder.resolve(server);
    }

    /**
     * Removes the servers of an earlier run, and makes folders, certificates and keys.
     *
     * @throws IllegalStateException when servers of another folder have the same names
     */
    public void makeFolders() throws InterruptedException {
        remove();
        if (!findLeftovers().isEmpty()) {
            throw new IllegalStateException("Servers of another folder have the names " + PROJECT_PREFIX
                    + "server1 to 3: remove their containers and volumes first (docker compose down --volumes).");
        }
        cluster("init", "--one-engine", folder.toString(), "https://" + HOST);
    }

    /**
     * Adds a Compose file to those of a server, before its start.
     *
     * @throws IOException when its folder cannot be written
     */
    void addOverlay(String server, String name, String content) throws IOException {
        Files.writeString(folderOf(server).resolve(name), content);
        Path settings = folderOf(server).resolve(".env");
        Files.writeString(settings, Files.readString(settings).replaceFirst("(?m)^(COMPOSE_FILE=.*)$", "$1:" + name));
    }

    /**
     * Starts all servers at the same time: one alone waits for the others. A loaded machine may need the command again.
     *
     * @throws IllegalStateException naming the containers that are not healthy
     */
    public void start() throws InterruptedException {
        try (ExecutorService starts = Executors.newFixedThreadPool(SERVERS.size())) {
            for (Future<String> start : starts.invokeAll(SERVERS.stream()
                    .<Callable<String>>map(server -> () -> startServer(server))
                    .toList())) {
                start.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(DockerEngine.describeIllContainers().replace('\n', ';'), e);
        }
    }

    /** Starts a server. @throws IllegalStateException when a container does not become healthy */
    String startServer(String server) throws InterruptedException {
        try {
            return compose(server, "up", "--detach");
        } catch (IllegalStateException e) {
            System.out.println(
                    server + " starts again: " + e.getMessage() + "\n" + DockerEngine.describeIllContainers());
            return compose(server, "up", "--detach");
        }
    }

    /** Returns the version of the services' images in {@code deploy/cluster/compose.yml}. */
    String findVersion() throws IOException {
        Matcher version = Pattern.compile("voyage/indicators:(\\S+)")
                .matcher(Files.readString(command.resolveSibling("compose.yml")));
        if (!version.find()) {
            throw new IllegalStateException("deploy/cluster/compose.yml names no image of indicators.");
        }
        return version.group(1);
    }

    /** Gives the services' images the tag of another version, too, where no image of that version is here. */
    void tagOtherVersion(String version) throws InterruptedException {
        for (String service : SERVICES) {
            String other = imageOf(service, OTHER_VERSION);
            if (DockerEngine.run(Path.of("."), Map.of(), "docker", "image", "inspect", other)
                            .code()
                    != 0) {
                DockerEngine.docker("tag", imageOf(service, version), other);
            }
        }
    }

    /** Replaces the instance of a service at a server as an upgrade does. @throws IOException when its folder refuses */
    void replaceVersion(String server, String service, String version) throws IOException, InterruptedException {
        Path file = folderOf(server).resolve("compose.yml");
        Files.writeString(
                file, Files.readString(file).replaceFirst("voyage/" + service + ":\\S+", imageOf(service, version)));
        compose(server, "up", "--detach", "--no-deps", service);
    }

    private static String imageOf(String service, String version) {
        return "voyage/" + service + ":" + version;
    }

    /** Waits until each server says that it is healthy and sees the others. @throws IllegalStateException when it takes too long */
    public void awaitHealth(Duration longest) throws InterruptedException {
        for (String server : SERVERS) {
            awaitHealth(server, longest);
        }
    }

    /** Waits until all containers are healthy and a server sees the others. @throws IllegalStateException when it takes too long */
    void awaitHealth(String server, Duration longest) throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        String said = findIllContainers();
        while (!said.isEmpty() || !(said = status(server)).contains(HEALTHY)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(server + " is not healthy after " + longest + ": " + said);
            }
            Thread.sleep(1000);
            said = findIllContainers();
        }
    }

    private static String findIllContainers() throws InterruptedException {
        return DockerEngine.run(
                        Path.of("."),
                        Map.of(),
                        "bash",
                        "-c",
                        "docker ps --all --filter network=voyage-lab --format '{{.Names}} {{.Status}}'"
                                + " | grep -v -e '(healthy)' -e 'Exited (0)'")
                .output();
    }

    /** Writes the logs of each server into a folder. @throws IOException when the folder refuses */
    void saveLogs(Path target) throws IOException, InterruptedException {
        for (String server : SERVERS) {
            Files.writeString(target.resolve(server + ".log"), compose(server, "logs", "--no-color"));
        }
    }

    /** Removes containers, volumes and folders. */
    public void remove() throws InterruptedException {
        // By their labels: the folder of a run that was killed may be gone.
        for (String server : SERVERS) {
            DockerEngine.run(
                    Path.of("."),
                    Map.of(),
                    "bash",
                    "-c",
                    "ours=$(docker ps --all --quiet --filter label=com.docker.compose.project.working_dir=$0)"
                            + " && [ -n \"$ours\" ] || exit 0;"
                            + " volumes=$(docker inspect --format '{{range .Mounts}}{{.Name}} {{end}}' $ours | tr ' ' '\\n' | sort -u);"
                            + " docker rm --force --volumes $ours; docker volume rm $volumes",
                    folderOf(server).toString());
        }
        // A disk of its own is taken away first. The network stays while containers of another folder have it.
        DockerEngine.run(
                Path.of("."),
                Map.of(),
                "bash",
                "-c",
                "umount \"$0\"/*/" + SmallDisk.MOUNT + " 2>/dev/null; rm -rf \"$0\";"
                        + " docker ps --all --quiet --filter network=voyage-lab | grep -q . || docker network rm voyage-lab",
                folder.toString());
    }

    /** Runs a command of Compose at a server. @throws IllegalStateException when it fails */
    public String compose(String server, String... arguments) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("docker", "compose"));
        command.addAll(List.of(arguments));
        return DockerEngine.require(folderOf(server), Map.of(), command.toArray(String[]::new));
    }

    /** Returns the name of a container. */
    public static String containerOf(String server, String part) {
        return PROJECT_PREFIX + server + "-" + part + "-1";
    }

    /** Runs {@code ./voyage cluster}. @throws IllegalStateException when it fails */
    public String cluster(String... arguments) throws InterruptedException {
        return DockerEngine.require(Path.of("."), Map.of(), DockerEngine.prepend(command.toString(), arguments));
    }

    /** Runs {@code ./voyage cluster} and returns also a failure. */
    public DockerEngine.Result tryCluster(String... arguments) throws InterruptedException {
        return DockerEngine.run(Path.of("."), Map.of(), DockerEngine.prepend(command.toString(), arguments));
    }

    private String status(String server) throws InterruptedException {
        return tryCluster("status", folderOf(server).toString()).output();
    }

    /** Returns the server whose database leads, as another one says. @throws IllegalStateException when none leads */
    public String findLeader(String server) throws InterruptedException {
        String list = compose(server, "exec", "-T", "postgres", "patronictl", "-c", "/etc/voyage/patroni.yml", "list");
        Matcher leader = Pattern.compile("\\| (server\\d) .*\\| Leader ").matcher(list);
        if (!leader.find()) {
            throw new IllegalStateException("No database leads: " + list);
        }
        return leader.group(1);
    }

    /** Returns the address of the engine in the network of the servers: the first one. */
    public String findEngineAddress() throws IOException {
        return findSetting("VOYAGE_SUBNET").replaceFirst("0/\\d+$", "1");
    }

    /** Returns the network of the containers of a server. */
    String findNetwork(String server) throws IOException {
        return findSetting(server, "VOYAGE_LAN") + ".0/24";
    }

    /** Returns a setting of all servers. */
    public String findSetting(String name) throws IOException {
        return findSetting("server1", name);
    }

    private String findSetting(String server, String name) throws IOException {
        try (var lines = Files.lines(folderOf(server).resolve(".env"))) {
            return lines.filter(line -> line.startsWith(name + "="))
                    .map(line -> line.substring(name.length() + 1))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Runs a command in the network of the servers with the certificates of a role of server1, and returns its output. */
    public String runInNetwork(String image, String role, String shellCommand) throws InterruptedException {
        Path server = folderOf("server1");
        return DockerEngine.run(
                        server,
                        Map.of(),
                        "docker",
                        "run",
                        "--rm",
                        "--user",
                        "0",
                        "--network",
                        "voyage-lab",
                        "--volume",
                        server.resolve("hosts") + ":/etc/hosts:ro",
                        "--volume",
                        server.resolve("client.properties") + ":/etc/voyage/client.properties:ro",
                        "--volume",
                        server.resolve(".env") + ":/etc/voyage/settings:ro",
                        "--volume",
                        server.resolve("certificates/" + role) + ":/certificates:ro",
                        "--entrypoint",
                        "bash",
                        image,
                        "-c",
                        shellCommand)
                .output();
    }
}
