package org.voyage.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Result of a program that has ended.
 *
 * @param status its exit status
 * @param output its standard output
 * @param complained its standard error
 */
record ProgramResult(int status, String output, String complained) {
    /** Runs the program for a minute at most, then kills it. */
    static ProgramResult run(ProcessBuilder program) throws IOException, InterruptedException {
        Path said = Files.createTempFile("ran", ".out");
        Path complained = Files.createTempFile("ran", ".err");
        try {
            Process process = program.redirectOutput(said.toFile())
                    .redirectError(complained.toFile())
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            return new ProgramResult(process.exitValue(), read(said), read(complained));
        } finally {
            Files.delete(said);
            Files.delete(complained);
        }
    }

    /** Runs a main class of this module. */
    static ProgramResult run(Class<?> main, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                SystemPrograms.javaProgram(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                main.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder program = new ProcessBuilder(command);
        program.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return run(program);
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
