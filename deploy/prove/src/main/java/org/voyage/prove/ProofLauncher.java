package org.voyage.prove;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** Launcher of {@code ./voyage prove}: starts three servers, inflicts faults under load, checks, and removes them. */
public final class ProofLauncher {

    private static final Duration LONGEST_START = Duration.ofMinutes(15);

    private static final int NOT_ENDED = 3;
    private static final int BAD_OPTION = 64;

    private ProofLauncher() {}

    /**
     * Runs a proof and ends with 0 when it holds, 1 when something is wrong, 2 when a fault did not happen, 3 when the run did not
     * end, 64 for an unknown option.
     *
     * @param args folder of the project, folder of servers and results, library that shifts clocks, then options: --long, --minutes N,
     *     --seed N, --only KIND,KIND, or --check with the folder of results of an earlier run
     */
    public static void main(String[] args) throws IOException, InterruptedException, GeneralSecurityException {
        long seed = System.nanoTime() % 100_000;
        boolean isLong = false;
        long minutes = -1;
        List<FaultKind> kinds = List.of();
        for (Iterator<String> options = List.of(args).subList(3, args.length).iterator(); options.hasNext(); ) {
            String option = options.next();
            String value = option.equals("--long") || !options.hasNext() ? "" : options.next();
            switch (option) {
                case "--check" -> exit(ClusterProof.check(Path.of(value)));
                case "--long" -> isLong = true;
                case "--minutes" -> minutes = parseNumber(option, value);
                case "--seed" -> seed = parseNumber(option, value);
                case "--only" -> kinds = parseKinds(value);
                default -> refuse("prove does not know \"" + option + "\": see ./voyage help.");
            }
        }
        if (isLong && minutes >= 0) {
            refuse("A run is --long or ends after --minutes, not both.");
        }
        ClusterProof.ProofPlan plan;
        if (minutes >= 0) {
            plan = ClusterProof.ProofPlan.during(Duration.ofMinutes(minutes), seed);
        } else {
            plan = isLong ? ClusterProof.ProofPlan.longOf(seed) : ClusterProof.ProofPlan.shortOf(seed);
        }
        Path folder = Path.of(args[1]);
        ServerLab lab = new ServerLab(Path.of(args[0]), folder.resolve("servers"));
        ClusterProof proof = new ClusterProof(lab, folder.resolve("results"));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> removeServers(lab)));
        try {
            lab.makeFolders();
            proof.prepareServers(Path.of(args[2]));
            lab.start();
            lab.awaitHealth(LONGEST_START);
            exit(proof.prove(kinds.isEmpty() ? plan : plan.withKinds(kinds)));
        } catch (IOException | IllegalStateException e) {
            System.err.println("The proof did not end: " + e.getMessage());
            System.exit(NOT_ENDED);
        }
    }

    private static void removeServers(ServerLab lab) {
        try {
            lab.remove();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long parseNumber(String option, String value) {
        return value.matches("\\d{1,18}")
                ? Long.parseLong(value)
                : refuse(option + " wants a number, not \"" + value + "\".");
    }

    private static List<FaultKind> parseKinds(String value) {
        List<String> known = Arrays.stream(FaultKind.values()).map(Enum::name).toList();
        List<String> named = List.of(value.split(","));
        if (!known.containsAll(named)) {
            refuse("--only wants some of " + String.join(",", known) + ", not \"" + value + "\".");
        }
        return named.stream().map(FaultKind::valueOf).toList();
    }

    private static long refuse(String sentence) {
        System.err.println(sentence);
        System.exit(BAD_OPTION);
        return 0;
    }

    private static void exit(ClusterProof.ProofVerdict verdict) {
        System.exit(verdict.isProved() ? 0 : verdict.findings().isEmpty() ? 2 : 1);
    }
}
