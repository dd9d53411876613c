package org.voyage.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Command of {@code ./voyage receive}: the sample receiver of a feed, in Java. It pulls until there is nothing new, or
 * receives webhooks; either way it verifies the events and keeps a copy of the records.
 */
final class ReceiverCommand {

    private static final String USAGE = "receive [--listen PORT] [--page EVENTS] URL FEED TOKEN FOLDER";
    private static final int ARGUMENTS = 4;
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private ReceiverCommand() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(args));
        Optional<Integer> port = takeNumber(words, "--listen");
        int page = takeNumber(words, "--page").orElse(FeedPuller.MAX_PAGE_EVENTS);
        if (words.size() != ARGUMENTS) {
            System.err.println(USAGE);
            System.exit(2);
        }
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        String feed = words.get(1);
        Path folder = Path.of(words.get(3));
        try (HttpClient http = HttpClient.newHttpClient()) {
            FeedPuller puller =
                    new FeedPuller(path -> get(http, words.getFirst() + path, words.get(2)), feed, page, out);
            FeedCopy copy = new FeedCopy(folder);
            if (port.isPresent()) {
                new WebhookListener(new WebhookVerifier(folder.resolve("keys")), puller, copy, out).listen(port.get());
            }
            int accepted = puller.pullEvents(copy);
            out.printf(
                    "%d new events, %d records, verified up to %s%n",
                    accepted, copy.records().size(), copy.position().orElse("nothing"));
        } catch (ServiceRefusedException | UncheckedIOException | FeedVerifier.BrokenFeedException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static Optional<Integer> takeNumber(List<String> words, String name) {
        int at = words.indexOf(name);
        if (at < 0 || at + 1 == words.size()) {
            return Optional.empty();
        }
        words.remove(at);
        return Optional.of(Integer.valueOf(words.remove(at)));
    }

    private static JsonNode get(HttpClient http, String url, String token) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + token)
                .build();
        try {
            var response = http.send(request, BodyHandlers.ofByteArray());
            return new ApiResponse("GET " + url, response.statusCode(), response.headers(), response.body())
                    .requireOk()
                    .parseJson();
        } catch (IOException e) {
            throw new UncheckedIOException("GET " + url + " did not answer (" + e.getMessage() + ").", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServiceRefusedException("GET " + url + " was interrupted");
        }
    }
}
