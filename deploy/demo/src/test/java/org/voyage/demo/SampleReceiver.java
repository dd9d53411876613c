package org.voyage.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.voyage.client.FeedCopy;
import org.voyage.client.ReceiverCommand;
import org.voyage.local.IssuerClients;

/** Process of a client library that reads one feed, as a reader starts it. A test kills it and starts it again. */
final class SampleReceiver implements AutoCloseable {

    private static final Path PROJECT = Path.of("../..").toAbsolutePath().normalize();
    private static final Path CLIENTS = PROJECT.resolve("clients");
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Language of a client library. */
    enum Language {
        JAVA,
        JAVASCRIPT,
        PYTHON;

        private List<String> command() {
            return switch (this) {
                case JAVA ->
                    List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            ReceiverCommand.class.getName());
                case JAVASCRIPT ->
                    List.of("node", CLIENTS.resolve("javascript/receive.mjs").toString());
                case PYTHON -> List.of("python3", "-B", "-m", "voyage_feeds");
            };
        }
    }

    private final Language language;
    private final Path folder;
    private final Path output;
    private final List<String> arguments;
    private final String client;
    private Optional<Process> process = Optional.empty();

    /**
     * @param parent gets a folder for the copy
     * @param client asks for its own tokens
     */
    SampleReceiver(Language language, Path parent, PlatformEndpoints endpoints, String feed, String client)
            throws IOException {
        this.language = language;
        this.folder =
                Files.createTempDirectory(parent, "sample-" + language.name().toLowerCase(Locale.ROOT));
        this.output = folder.resolve("output");
        this.arguments = List.of(
                endpoints.feeds().toString(),
                feed,
                endpoints.issuer().resolve("/token").toString(),
                folder.toString());
        this.client = client;
        Files.createFile(output);
    }

    Path folder() {
        return folder;
    }

    void start(String... options) throws IOException {
        List<String> command = new ArrayList<>(language.command());
        command.addAll(List.of(options));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment()
                .putAll(Map.of(
                        "PYTHONPATH", CLIENTS.resolve("python").toString(),
                        "VOYAGE_CLIENT", client,
                        "VOYAGE_SECRET", IssuerClients.secretOf(client)));
        process = Optional.of(builder.start());
    }

    /** Waits until the copy has more events. */
    void awaitSequence(long sequence) {
        await("sequence " + sequence + " of the sample in " + language)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(2))
                .untilAsserted(() -> assertThat(sequence()).as(output()).isGreaterThanOrEqualTo(sequence));
    }

    void awaitOutput(String text) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(output()).contains(text));
    }

    /** Kills the process without a warning (SIGKILL). */
    void kill() throws InterruptedException {
        process.orElseThrow().destroyForcibly().waitFor();
    }

    void awaitSuccess() throws InterruptedException {
        assertThat(process.orElseThrow().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as(output())
                .isTrue();
        assertThat(process.orElseThrow().exitValue()).as(output()).isZero();
    }

    /** Returns the copy as it is stored. */
    FeedCopy copy() {
        return new FeedCopy(folder);
    }

    /** Returns the sequence of the last event in the copy; 0 without one. */
    long sequence() {
        return copy().position().map(it -> Long.parseLong(it.split("-")[1])).orElse(0L);
    }

    private String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.ifPresent(Process::destroyForcibly);
    }
}
