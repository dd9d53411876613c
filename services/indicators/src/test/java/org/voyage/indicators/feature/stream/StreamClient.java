package org.voyage.indicators.feature.stream;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Client of a figure stream.
 *
 * @param lines lines received so far; grows
 * @param status status of the response, once it begins
 * @param end completed at the end of the response
 */
record StreamClient(List<String> lines, CompletableFuture<Integer> status, CompletableFuture<Void> end) {

    static StreamClient openStream(HttpClient http, URI stream, String query, String token) {
        return openStream(http, stream, query, token, null);
    }

    static StreamClient openStream(
            HttpClient http, URI stream, String query, String token, @Nullable String lastEventId) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(stream + query))
                .header("Authorization", "Bearer " + token)
                .header("Accept", "text/event-stream");
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        List<String> lines = new CopyOnWriteArrayList<>();
        CompletableFuture<Integer> status = new CompletableFuture<>();
        CompletableFuture<Void> end = http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofLines())
                .thenAcceptAsync(response -> {
                    status.complete(response.statusCode());
                    response.body().forEach(lines::add);
                });
        return new StreamClient(lines, status, end);
    }
}
