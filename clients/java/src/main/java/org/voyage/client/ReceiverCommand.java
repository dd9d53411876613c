package org.voyage.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Command of {@code ./voyage receive}: makes a verified copy of a feed. It pulls until nothing is new, follows the stream,
 * or receives webhooks by the keys in FOLDER/keys. TOKEN may be the address of a token endpoint; then VOYAGE_CLIENT and
 * VOYAGE_SECRET are the credentials.
 */
public final class ReceiverCommand {

    private static final String USAGE =
            "receive [--page EVENTS] [--timeout SECONDS] [--follow | --listen PORT] URL FEED TOKEN FOLDER";
    private static final int ARGUMENTS = 4;

    private ReceiverCommand() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        System.setProperty("java.util.logging.SimpleFormatter.format", "%5$s%n");
        List<String> words = new ArrayList<>(List.of(args));
        Optional<Integer> port = takeNumber(words, "--listen");
        int page = takeNumber(words, "--page").orElse(1000);
        Duration timeout = Duration.ofSeconds(takeNumber(words, "--timeout").orElse(60));
        boolean follows = words.remove("--follow");
        if (words.size() != ARGUMENTS) {
            System.err.println(USAGE);
            System.exit(2);
        }
        Path folder = Path.of(words.get(3));
        FeedCopy copy = new FeedCopy(folder);
        FeedClient client =
                new FeedClient(URI.create(words.get(0)), words.get(1), tokenSource(words.get(2)), copy, page, timeout);
        try {
            if (port.isPresent()) {
                new WebhookReceiver(client, folder.resolve("keys")).listen(port.get());
            } else if (follows) {
                client.follow();
            } else {
                System.out.printf(
                        "%d new events, %d records, verified up to %s%n",
                        client.pull(), copy.records().size(), copy.position().orElse("nothing"));
            }
        } catch (BrokenFeedException | FeedRefusedException | UncheckedIOException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static TokenSource tokenSource(String token) {
        return token.startsWith("http")
                ? TokenSource.ofClient(
                        URI.create(token),
                        System.getenv().getOrDefault("VOYAGE_CLIENT", ""),
                        System.getenv().getOrDefault("VOYAGE_SECRET", ""))
                : TokenSource.fixed(token);
    }

    private static Optional<Integer> takeNumber(List<String> words, String name) {
        int at = words.indexOf(name);
        if (at < 0 || at + 1 == words.size()) {
            return Optional.empty();
        }
        words.remove(at);
        return Optional.of(Integer.valueOf(words.remove(at)));
    }
}
