package org.voyage.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Build of services as they were at a commit, from the history of this clone. */
final class ReleaseBuild {

    private static final long LIMIT_MINUTES = 20;

    private ReleaseBuild() {}

    /** Returns whether the clone has a commit; a shallow one lacks those of earlier releases. */
    static boolean hasCommit(Path project, String commit) throws IOException, InterruptedException {
        return run(project, List.of("git", "cat-file", "-e", commit + "^{commit}")) == 0;
    }

    /**
     * Builds services without their tests, unless the folder has their build.
     *
     * @param folder becomes a work tree of the commit
     * @throws IllegalStateException if the build fails; its messages are in the output of this process
     */
    static void build(Path project, String commit, Path folder, List<String> services)
            throws IOException, InterruptedException {
        if (services.stream()
                .allMatch(service ->
                        Files.exists(folder.resolve("services/" + service + "/target/quarkus-app/quarkus-run.jar")))) {
            return;
        }
        // The remains of a stopped build.
        requireSuccess(project, List.of("rm", "-rf", folder.toString()));
        requireSuccess(project, List.of("git", "worktree", "prune"));
        requireSuccess(project, List.of("git", "worktree", "add", "--force", "--detach", folder.toString(), commit));
        List<String> maven = new ArrayList<>(List.of(
                "mvn",
                "--batch-mode",
                "--quiet",
                "--no-transfer-progress",
                "-DskipTests",
                // Releases may have one number in the files of Maven, so each has a folder of libraries for itself.
                "-Dmaven.repo.local=" + folder.resolve(".voyage/repository"),
                "-Dmaven.repo.local.tail=" + libraryFolders(),
                "--also-make",
                "--projects"));
        maven.add(String.join(
                ",", services.stream().map(each -> "services/" + each).toList()));
        maven.add("install");
        requireSuccess(folder, maven);
    }

    private static String libraryFolders() {
        Path home = Path.of(System.getProperty("user.home"), ".m2", "repository");
        return Stream.of(System.getProperty("localRepository", home.toString()), home.toString())
                .distinct()
                .reduce((first, second) -> first + "," + second)
                .orElseThrow();
    }

    private static void requireSuccess(Path folder, List<String> command) throws IOException, InterruptedException {
        int status = run(folder, command);
        if (status != 0) {
            throw new IllegalStateException(String.join(" ", command) + " ended with status " + status);
        }
    }

    private static int run(Path folder, List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().remove("MAVEN_CMD_LINE_ARGS");
        Process process = builder.start();
        try {
            if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
                throw new IllegalStateException(
                        command.getFirst() + " did not end within " + LIMIT_MINUTES + " minutes");
            }
            return process.exitValue();
        } finally {
            process.destroy();
        }
    }
}
