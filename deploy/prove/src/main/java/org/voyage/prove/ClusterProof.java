package org.voyage.prove;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.voyage.prove.RunHistory.AcknowledgedWrite;
import org.voyage.prove.RunHistory.InjectedFault;

/** Faults on three running servers under load, one after another, and the verdict of the checker. */
public final class ClusterProof {

    /** Server whose services have a clock that can be stepped. */
    static final String CLOCK_SERVER = "server2";

    /** Server whose broker has a small disk. */
    private static final String DISK_SERVER = "server3";

    private static final int WRITERS = 6;
    private static final long LONGEST_STOP_MILLIS = 300_000;
    static final Duration LONGEST_REPAIR = Duration.ofMinutes(10);
    private static final String ROW = "%-62s %8s %8s  %s%n";

    /**
     * Plan of a run.
     *
     * @param kills number of kills that a long run makes at least; 0 for a short run
     * @param writes number of acknowledged writes that the run makes at least
     * @param kinds of faults; a long run goes on with those that kill
     * @param pauseMillis of each writer between two writes
     * @param longest time after which no fault begins; the run is void when the plan was not carried out by then
     */
    public record ProofPlan(
            long seed, List<FaultKind> kinds, int kills, int writes, long pauseMillis, Duration longest) {
        /** Number of kills that no run reaches: a run ends by its time. */
        private static final int WITHOUT_END = Integer.MAX_VALUE;

        /** Returns the plan of a short run: one fault of each kind, in an order that the seed gives. */
        public static ProofPlan shortOf(long seed) {
            List<FaultKind> kinds = Arrays.stream(FaultKind.values())
                    .filter(kind -> kind.isInShortRun)
                    .toList();
            return new ProofPlan(seed, kinds, 0, 0, 300, Duration.ofMinutes(90));
        }

        /** Returns the plan of a run that goes on for a time: all kinds once, then kills. */
        public static ProofPlan during(Duration time, long seed) {
            return new ProofPlan(seed, List.of(FaultKind.values()), WITHOUT_END, 0, 0, time);
        }

        private boolean isCarriedOut(int faults) {
            return kills == WITHOUT_END && faults >= kinds.size();
        }

        /** Returns this plan with other kinds of faults. */
        public ProofPlan withKinds(List<FaultKind> others) {
            return new ProofPlan(seed, others, kills, writes, pauseMillis, longest);
        }

        /** Returns the plan of a long run: all kinds, at least 200 kills and 500,000 acknowledged writes. */
        public static ProofPlan longOf(long seed) {
            return new ProofPlan(seed, List.of(FaultKind.values()), 200, 500_000, 0, Duration.ofHours(8));
        }
    }

    /**
     * Verdict of a run.
     *
     * @param findings of the checker; empty when everything is right
     * @param voidFaults faults that did not happen: the run then proves nothing
     */
    public record ProofVerdict(int writes, int faults, List<String> findings, List<String> voidFaults) {
        /** Returns whether the run proves that nothing was lost, doubled or out of order. */
        public boolean isProved() {
            return findings.isEmpty() && voidFaults.isEmpty() && writes > 0 && faults > 0;
        }
    }

    private final ServerLab lab;
    private final Path results;
    private final SmallDisk disk;

    /** @param results folder of the journal and of what the checker reads; made new */
    public ClusterProof(ServerLab lab, Path results) {
        this.lab = lab;
        this.results = results;
        this.disk = new SmallDisk(lab, DISK_SERVER, "kafka");
    }

    /**
     * Prepares the folders of the servers before their start: a small disk for one broker, and clocks that can be stepped.
     *
     * @param faketime library that shifts clocks
     * @throws IOException when a folder cannot be written
     */
    public void prepareServers(Path faketime) throws IOException, InterruptedException {
        disk.make();
        Path clock = Files.createDirectory(lab.folderOf(CLOCK_SERVER).resolve("clock"));
        Files.writeString(clock.resolve("now"), "+0\n");
        StringBuilder services = new StringBuilder("services:\n");
        for (String part : List.of("overseas", "mobility", "standards", "indicators", "feeds")) {
            services.append("""
                      %s:
                        environment: { LD_PRELOAD: /clock/libfaketime.so.1, FAKETIME_TIMESTAMP_FILE: /clock/now, FAKETIME_CACHE_DURATION: "1", FAKETIME_DONT_FAKE_MONOTONIC: "1", FAKETIME_FORCE_MONOTONIC_FIX: "0" }
                        volumes: ["./clock:/clock:ro"]
                    """.formatted(part));
        }
        Files.copy(faketime.toRealPath(), clock.resolve("libfaketime.so.1"));
        lab.addOverlay(CLOCK_SERVER, "clock.yml", services.toString());
    }

    /**
     * Inflicts the faults of a plan under load, and checks databases, topics, figures and the feed.
     *
     * @throws IOException when the servers cannot be read
     */
    public ProofVerdict prove(ProofPlan plan) throws IOException, InterruptedException, GeneralSecurityException {
        DockerEngine.require(Path.of("."), Map.of(), "rm", "-rf", results.toString());
        Files.createDirectories(results);
        List<InjectedFault> faults = new ArrayList<>();
        try (LabClient client = new LabClient(lab)) {
            RunExport export = new RunExport(lab, client, results);
            client.admitProgram(WriteLoad.CLIENT, "bureau", Map.entry("province", RecordKind.PROVINCE));
            export.begin();
            try (WriteLoad load = WriteLoad.begin(client, results, plan.seed(), WRITERS, plan.pauseMillis())) {
                load.awaitProgress(LONGEST_STOP_MILLIS);
                System.out.printf("seed %d%n", plan.seed());
                System.out.printf(ROW, "fault", "write s", "figure s", "evidence");
                try {
                    inflictFaults(plan, load, faults);
                    load.finish();
                } finally {
                    RunHistory.writeLines(results.resolve(RunHistory.FAULTS), faults);
                    RunHistory.writeLines(results.resolve(RunHistory.REFUSALS), load.refusals());
                    lab.saveLogs(results);
                }
                export.writeFiles(load.prefix(), countSchoolWrites(load), load.newestReceipts());
            }
        }
        return check(results);
    }

    /**
     * Checks the files of a run, without any server.
     *
     * @throws java.io.UncheckedIOException when a file is missing or unreadable
     */
    static ProofVerdict check(Path results) {
        RunHistory history = RunHistory.readFolder(results);
        ProofVerdict verdict = new ProofVerdict(
                history.writes().size(),
                history.faults().size(),
                HistoryChecker.findFaults(history),
                HistoryChecker.findVoidFaults(history));
        print(verdict, history, results);
        return verdict;
    }

    private void inflictFaults(ProofPlan plan, WriteLoad load, List<InjectedFault> faults)
            throws IOException, InterruptedException {
        Random random = new Random(plan.seed());
        List<FaultKind> round = new ArrayList<>(plan.kinds());
        Collections.shuffle(round, random);
        int kills = 0;
        do {
            for (FaultKind kind : round) {
                if (load.now() > plan.longest().toMillis()) {
                    if (!plan.isCarriedOut(faults.size())) {
                        faults.add(new InjectedFault(
                                "the rest of the plan", load.now(), load.now(), false, "no time was left"));
                    }
                    return;
                }
                inflictFault(kind.toFault(lab, disk, random), load, faults);
                kills += kind.isKill() ? 1 : 0;
            }
            // One round has all kinds; a long run goes on with kills.
            if (round.stream().anyMatch(FaultKind::isKill)) {
                round = round.stream().filter(FaultKind::isKill).toList();
            }
        } while (kills < plan.kills() || load.journal().countWrites() < plan.writes());
    }

    private void inflictFault(LabFault fault, WriteLoad load, List<InjectedFault> faults)
            throws IOException, InterruptedException {
        long begun = load.now();
        String evidence = fault.action().inflict();
        long ended = load.now();
        load.awaitProgress(LONGEST_STOP_MILLIS);
        lab.awaitHealth("server1", LONGEST_REPAIR);
        load.awaitProgress(LONGEST_STOP_MILLIS);
        faults.add(new InjectedFault(fault.name(), begun, ended, !evidence.isEmpty(), evidence));
        System.out.printf(
                ROW,
                fault.name(),
                seconds(load.journal().findLongestSince(begun)),
                seconds(load.findLongestDelaySince(begun)),
                evidence.isEmpty() ? "DID NOT HAPPEN" : evidence);
    }

    private static long countSchoolWrites(WriteLoad load) {
        return load.journal().writes().stream()
                .filter(write -> write.record().equals(RecordKind.SCHOOL.record))
                .count();
    }

    private static void print(ProofVerdict verdict, RunHistory history, Path results) {
        long repeated =
                history.writes().stream().filter(write -> write.attempts() > 1).count();
        System.out.printf(
                "%d acknowledged writes of %d records, %d of them repeated; %d faults; files in %s%n",
                verdict.writes(),
                history.writes().stream().map(AcknowledgedWrite::key).distinct().count(),
                repeated,
                verdict.faults(),
                results);
        verdict.voidFaults().forEach(name -> System.out.println("VOID: this fault did not happen: " + name));
        verdict.findings().stream().limit(20).forEach(finding -> System.out.println("WRONG: " + finding));
        System.out.println(
                verdict.isProved()
                        ? "Proved: nothing is lost, doubled or out of order, and every figure is right."
                        : "Not proved: %d findings, %d void faults."
                                .formatted(
                                        verdict.findings().size(),
                                        verdict.voidFaults().size()));
    }

    private static String seconds(long millis) {
        return "%.1f".formatted(millis / 1000.0);
    }
}
