package org.voyage.prove;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Fault that begins, holds for a while and is repaired. Each one gives evidence. */
record LabFault(String name, FaultAction action) {

    /** A file system keeps some blocks for itself; a segment of Kafka needs megabytes. */
    private static final long FULL_BYTES = 1 << 20;

    private static final String START_TIME = "{{.State.StartedAt}}";

    /** Action of a fault. */
    @FunctionalInterface
    interface FaultAction {
        /** Makes, holds and repairs the fault; returns the evidence, or an empty text. */
        String inflict() throws IOException, InterruptedException;
    }

    /** Kills all processes of a part as a crash does; the engine starts it again. */
    static LabFault killPart(String server, String part) {
        return new LabFault("kill " + part + " of " + server, () -> {
            String container = ServerLab.containerOf(server, part);
            String before = inspect(container, START_TIME);
            String pid = inspect(container, "{{.State.Pid}}");
            // A container that does not run has the number 0, which would be the group of this process.
            if (pid.equals("0")) {
                return "";
            }
            DockerEngine.require(Path.of("."), Map.of(), "kill", "-9", pid);
            for (int i = 0; i < 300; i++) {
                String after = inspect(container, START_TIME);
                if (!after.equals(before)
                        && inspect(container, "{{.State.Running}}").equals("true")) {
                    return "started at " + before + " and again at " + after;
                }
                Thread.sleep(100);
            }
            return "";
        });
    }

    /** Stops all processes of a part and lets them go on: longer than each lease, they come back as if nothing was. */
    static LabFault pausePart(String server, String part, int seconds) {
        return new LabFault("pause " + part + " of " + server + " for " + seconds + " s", () -> {
            String container = ServerLab.containerOf(server, part);
            DockerEngine.docker("pause", container);
            Thread.sleep(seconds * 1000L);
            String state = inspect(container, "{{.State.Status}}");
            DockerEngine.docker("unpause", container);
            return state.equals("paused") ? "was paused" : "";
        });
    }

    /** Kills all containers of a server, which comes back after a while. */
    static LabFault killServer(ServerLab lab, String server, int seconds) {
        return new LabFault("kill " + server, () -> {
            lab.compose(server, "kill");
            Thread.sleep(seconds * 1000L);
            String running = lab.compose(server, "ps", "--quiet", "--status", "running");
            lab.startServer(server);
            return running.isEmpty() ? "no container ran" : "";
        });
    }

    /** Kills two servers: the third one alone acknowledges nothing. */
    static LabFault killTwoServers(ServerLab lab, String spared, int seconds) {
        List<String> killed = ServerLab.SERVERS.stream()
                .filter(server -> !server.equals(spared))
                .toList();
        return new LabFault("kill all servers but " + spared, () -> {
            for (String server : killed) {
                lab.compose(server, "kill");
            }
            Thread.sleep(seconds * 1000L);
            String running = "";
            for (String server : killed) {
                running += lab.compose(server, "ps", "--quiet", "--status", "running");
            }
            lab.start();
            return running.isEmpty() ? "no container of the two ran" : "";
        });
    }

    /** Takes all data of a server and brings it back empty, as the guide says. */
    static LabFault loseData(ServerLab lab, String server, String other) {
        return new LabFault("lose all data of " + server, () -> {
            String before = findVolumes(server);
            lab.compose(server, "--profile", "*", "down", "--volumes", "--timeout", "2");
            String etcd = "export ETCDCTL_CACERT=/certificates/authority.crt ETCDCTL_CERT=/certificates/tls.crt"
                    + " ETCDCTL_KEY=/certificates/tls.key; etcdctl member remove $(etcdctl member list | grep etcd."
                    + server
                    + ": | cut -d, -f1) && etcdctl member add " + server + " --peer-urls=https://etcd." + server
                    + ":2380";
            lab.compose(other, "exec", "-T", "etcd", "bash", "-c", etcd);
            DockerEngine.require(
                    lab.folderOf(server),
                    Map.of("VOYAGE_ETCD_STATE", "existing"),
                    "docker",
                    "compose",
                    "up",
                    "--detach");
            return findVolumes(server).lines().anyMatch(before::contains) ? "" : "its volumes are new";
        });
    }

    /** Returns etcd's, Kafka's and the database's volume, each with its moment of birth. */
    private static String findVolumes(String server) throws InterruptedException {
        String project = "voyage-lab-" + server;
        return DockerEngine.docker(
                "volume",
                "inspect",
                "--format",
                "{{.Name}} {{.CreatedAt}}",
                project + "_etcd-data",
                project + "_kafka-data",
                project + "_postgres-data");
    }

    /** Gives all parts new certificates and restarts one server after the other. */
    static LabFault renewCertificates(ServerLab lab, Duration longest) {
        return new LabFault("new certificates, one server after the other", () -> {
            String before = findSerial();
            lab.cluster("renew", lab.folder().toString());
            for (String server : ServerLab.SERVERS) {
                lab.compose(server, "stop");
                lab.startServer(server);
                lab.awaitHealth(server, longest);
            }
            String after = findSerial();
            return after.equals(before) ? "" : "serial number " + before + ", then " + after;
        });
    }

    /** Takes each instance of a service back to another version, one after the other, and upgrades them again. */
    static LabFault changeVersion(ServerLab lab, Duration longest) {
        return new LabFault("another version and back, one instance after the other", () -> {
            String version = lab.findVersion();
            lab.tagOtherVersion(version);
            int back = replaceInstances(lab, ServerLab.SERVICES.reversed(), ServerLab.OTHER_VERSION, longest);
            int replaced = replaceInstances(lab, ServerLab.SERVICES, version, longest);
            int all = ServerLab.SERVICES.size() * ServerLab.SERVICE_SERVERS.size();
            return back == all && replaced == all ? all + " instances replaced twice" : "";
        });
    }

    private static int replaceInstances(ServerLab lab, List<String> services, String version, Duration longest)
            throws IOException, InterruptedException {
        int replaced = 0;
        for (String service : services) {
            for (String server : ServerLab.SERVICE_SERVERS) {
                String container = ServerLab.containerOf(server, service);
                String before = inspect(container, START_TIME);
                lab.replaceVersion(server, service, version);
                // HAProxy takes a healthy container a little later: without it the next one would leave none.
                lab.awaitHealth(server, longest);
                boolean isOther = inspect(container, "{{.Config.Image}}").endsWith(":" + version)
                        && !inspect(container, START_TIME).equals(before);
                replaced += isOther ? 1 : 0;
            }
        }
        return replaced;
    }

    private static String findSerial() throws InterruptedException {
        return DockerEngine.require(
                Path.of("."),
                Map.of(),
                "bash",
                "-c",
                "openssl s_client -connect 127.0.0.11:9092 </dev/null 2>/dev/null | openssl x509 -noout -serial | cut -d= -f2");
    }

    /** Cuts a server off from the two others; a container that restarts meanwhile is not cut. @param both false: its own packets still arrive there */
    static LabFault cutServer(ServerLab lab, String server, boolean both, int seconds) {
        String what = both ? "cut " + server + " off" : "cut the way to " + server;
        return new LabFault(what + " for " + seconds + " s", () -> {
            List<String> rules = new ArrayList<>();
            for (String other : ServerLab.SERVERS) {
                if (!other.equals(server)) {
                    rules.add("-A INPUT -s " + lab.findNetwork(other) + " -j DROP");
                    if (both) {
                        rules.add("-A OUTPUT -d " + lab.findNetwork(other) + " -j DROP");
                    }
                }
            }
            List<String> cut = findProcesses(server);
            boolean isCut = runInNetworks(cut, toRestoreCommand(rules));
            Thread.sleep(seconds * 1000L);
            String dropped = describeDropped(cut);
            return isCut ? dropped : "";
        });
    }

    /** Gives each container of a server 4 Mbit/s and loses a fiftieth of its packets. */
    static LabFault slowServer(String server, int seconds) {
        return new LabFault("narrow and lossy network of " + server + " for " + seconds + " s", () -> {
            List<String> slow = findProcesses(server);
            boolean isNarrow = runInNetworks(slow, "tc qdisc add dev eth0 root tbf rate 4mbit burst 32k latency 300ms");
            boolean isLossy = runInNetworks(
                    slow,
                    toRestoreCommand(
                            List.of("-A INPUT -i eth0 -m statistic --mode random --probability 0.02 -j DROP")));
            Thread.sleep(seconds * 1000L);
            String dropped = describeDropped(slow);
            runInNetworks(slow, "tc qdisc del dev eth0 root");
            return isNarrow && isLossy ? dropped : "";
        });
    }

    /** Fills the disk of a part of a server that {@link SmallDisk} made. */
    static LabFault fillDisk(SmallDisk disk, int seconds) {
        return new LabFault("full disk of " + disk.part() + " of " + disk.server(), () -> {
            int fullSeconds = 0;
            // A broker that ends may free some bytes.
            for (int second = 0; second < seconds; second++) {
                disk.fill();
                fullSeconds += disk.countFreeBytes() < FULL_BYTES ? 1 : 0;
                Thread.sleep(1000);
            }
            disk.empty();
            return fullSeconds == 0 ? "" : "the disk was full for " + fullSeconds + " s";
        });
    }

    /** Steps the clock of the services of a server. */
    static LabFault stepClock(ServerLab lab, String server, int step, int seconds) {
        return new LabFault("step the clock of the services of " + server + " by " + step + " s", () -> {
            Path clock = lab.folderOf(server).resolve("clock/now");
            Files.writeString(clock, "%+d\n".formatted(step));
            Thread.sleep(seconds * 1000L);
            long here = System.currentTimeMillis() / 1000;
            long there = Long.parseLong(lab.compose(server, "exec", "-T", "overseas", "date", "+%s"));
            Files.writeString(clock, "+0\n");
            return Math.abs(there - here - step) < 5 ? "its clock was " + (there - here) + " s ahead" : "";
        });
    }

    private static String toRestoreCommand(List<String> rules) {
        return "printf '*filter\\n" + String.join("\\n", rules) + "\\nCOMMIT\\n' | iptables-restore";
    }

    /** Runs a command in the network of each process; returns whether all succeeded. */
    private static boolean runInNetworks(List<String> pids, String shellCommand) throws InterruptedException {
        boolean all = true;
        for (String pid : pids) {
            all &= runInNetwork(pid, shellCommand).code() == 0;
        }
        return all;
    }

    /** Returns how many packets the rules dropped, and takes them away; empty when none. */
    private static String describeDropped(List<String> pids) throws InterruptedException {
        long dropped = 0;
        for (String pid : pids) {
            DockerEngine.Result counted =
                    runInNetwork(pid, "iptables -nvxL | awk '/DROP/ { n += $1 } END { print n + 0 }'; iptables -F");
            // A process that has ended has no network.
            dropped += counted.code() == 0 ? Long.parseLong(counted.output().strip()) : 0;
        }
        return dropped == 0 ? "" : dropped + " packets were dropped";
    }

    private static DockerEngine.Result runInNetwork(String pid, String shellCommand) throws InterruptedException {
        return DockerEngine.run(Path.of("."), Map.of(), "nsenter", "--target", pid, "--net", "sh", "-c", shellCommand);
    }

    private static List<String> findProcesses(String server) throws InterruptedException {
        String containers = DockerEngine.docker(
                "ps", "--quiet", "--filter", "label=com.docker.compose.project=voyage-lab-" + server);
        return containers.isEmpty()
                ? List.of()
                : DockerEngine.docker(
                                Stream.concat(Stream.of("inspect", "--format", "{{.State.Pid}}"), containers.lines())
                                        .toArray(String[]::new))
                        .lines()
                        .toList();
    }

    private static String inspect(String container, String format) throws InterruptedException {
        return DockerEngine.docker("inspect", "--format", format, container);
    }
}
