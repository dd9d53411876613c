package org.voyage.prove;

import java.util.List;
import java.util.Random;

/** Kinds of faults. A fault takes its target when it begins, because leaders change. */
public enum FaultKind {
    KILL_BROKER(true),
    KILL_LEADING_DATABASE(true),
    KILL_RECORD_SERVICE(true),
    KILL_INDICATORS(false),
    KILL_SERVER(true),
    PAUSE_LEADING_DATABASE(true),
    CUT_SERVER(true),
    CUT_ONE_WAY(true),
    SLOW_SERVER(true),
    FULL_DISK(true),
    STEP_CLOCK(true),
    KILL_ETCD(false),
    KILL_HAPROXY(false),
    KILL_DASHBOARD(false),
    PAUSE_BROKER(false),
    PAUSE_INDICATORS(false),
    KILL_TWO_SERVERS(false),
    LOSE_DATA(false),
    RENEW_CERTIFICATES(false),
    CHANGE_VERSION(false);

    /** Longer than each lease: 20 s of the databases are the longest. */
    private static final int PAUSE_SECONDS = 23;

    private static final int HOLD_SECONDS = 15;
    private static final int CLOCK_STEP_SECONDS = 90;

    /** Whether a short run has it. */
    final boolean isInShortRun;

    FaultKind(boolean isInShortRun) {
        this.isInShortRun = isInShortRun;
    }

    boolean isKill() {
        return name().startsWith("KILL");
    }

    /** Returns the fault for the state of the servers now. */
    LabFault toFault(ServerLab lab, SmallDisk disk, Random random) throws InterruptedException {
        String server = pick(ServerLab.SERVERS, random);
        String serving = pick(ServerLab.SERVICE_SERVERS, random);
        return switch (this) {
            case KILL_BROKER -> LabFault.killPart(server, "kafka");
            case KILL_LEADING_DATABASE -> LabFault.killPart(lab.findLeader(server), "postgres");
            case KILL_ETCD -> LabFault.killPart(server, "etcd");
            case KILL_HAPROXY -> LabFault.killPart(server, "haproxy");
            case KILL_RECORD_SERVICE ->
                LabFault.killPart(serving, pick(List.of("overseas", "mobility", "standards", "cooperation"), random));
            case KILL_INDICATORS -> LabFault.killPart(serving, pick(List.of("indicators", "feeds"), random));
            case KILL_DASHBOARD ->
                LabFault.killPart(
                        serving, pick(List.of("dashboard", "keycloak", "prometheus", "alertmanager"), random));
            case KILL_SERVER -> LabFault.killServer(lab, server, HOLD_SECONDS);
            case PAUSE_LEADING_DATABASE -> LabFault.pausePart(lab.findLeader(server), "postgres", PAUSE_SECONDS);
            case PAUSE_BROKER -> LabFault.pausePart(server, "kafka", PAUSE_SECONDS);
            case PAUSE_INDICATORS -> LabFault.pausePart(serving, "indicators", PAUSE_SECONDS);
            case CUT_SERVER -> LabFault.cutServer(lab, server, true, PAUSE_SECONDS);
            case CUT_ONE_WAY -> LabFault.cutServer(lab, server, false, PAUSE_SECONDS);
            case SLOW_SERVER -> LabFault.slowServer(server, HOLD_SECONDS);
            case FULL_DISK -> LabFault.fillDisk(disk, HOLD_SECONDS);
            case KILL_TWO_SERVERS -> LabFault.killTwoServers(lab, server, HOLD_SECONDS);
            // The small disk is that of the third one.
            case LOSE_DATA -> LabFault.loseData(lab, serving, serving.equals("server1") ? "server2" : "server1");
            case RENEW_CERTIFICATES -> LabFault.renewCertificates(lab, ClusterProof.LONGEST_REPAIR);
            case CHANGE_VERSION -> LabFault.changeVersion(lab, ClusterProof.LONGEST_REPAIR);
            case STEP_CLOCK -> LabFault.stepClock(lab, ClusterProof.CLOCK_SERVER, CLOCK_STEP_SECONDS, HOLD_SECONDS);
        };
    }

    private static String pick(List<String> all, Random random) {
        return all.get(random.nextInt(all.size()));
    }
}
