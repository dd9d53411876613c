package org.voyage.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.KafkaProducer;

/**
 * How long a preview of some corrected students takes, and how long others wait at worst meanwhile: who asks a question that
 * nobody asked before, and an event on its way from the log to an answer that has it. Beside it the same while no preview is
 * made.
 */
class Previews {

    private static final List<Integer> CHANGES = List.of(1, 100, 10_000);
    private static final String EVENT_QUESTION = "/v1/indicators/inbound-admissions/values?period=2020&receipt=";
    private static final int ROUNDS = 5;
    private static final int WARM_UP = 2;
    private static final double NANOS_PER_MS = 1e6;

    private final Indicators indicators;
    private final EnrolmentLog log;
    private final KafkaProducer<String, byte[]> producer;
    private final Callable<String> question;
    private final HttpClient http;
    private final String token;

    /** @param question gives the path of one that was not asked before */
    Previews(
            Indicators indicators,
            EnrolmentLog log,
            KafkaProducer<String, byte[]> producer,
            HttpClient http,
            Callable<String> question)
            throws IOException, InterruptedException {
        this.indicators = indicators;
        this.log = log;
        this.producer = producer;
        this.http = http;
        this.question = question;
        this.token = indicators.token();
    }

    void run() throws Exception {
        List<Double> questions = new ArrayList<>();
        List<Double> events = new ArrayList<>();
        List<Double> took = new ArrayList<>();
        for (int changes : CHANGES) {
            for (int round = -WARM_UP; round < ROUNDS; round++) {
                String lines = log.corrected(changes, CHANGES.indexOf(changes) * ROUNDS + round + WARM_UP);
                Worst worst = beside(() -> preview(lines));
                if (round >= 0) {
                    took.add(worst.took());
                    questions.add(worst.question());
                    events.add(worst.event());
                }
            }
            print("a preview of " + changes + " changes", took, questions, events);
            List.of(took, questions, events).forEach(List::clear);
        }
        for (int round = 0; round < ROUNDS; round++) {
            Worst worst = beside(() -> {
                Thread.sleep(1_000);
                return "";
            });
            took.add(worst.took());
            questions.add(worst.question());
            events.add(worst.event());
        }
        print("a second without a preview", took, questions, events);
    }

    private static void print(String what, List<Double> took, List<Double> questions, List<Double> events) {
        System.out.printf(
                Locale.ROOT,
                "%s: %.0f ms; meanwhile at worst a question takes %.0f ms (%.0f), an event to its figure %.0f ms (%.0f)%n",
                what,
                Rounds.median(took),
                Rounds.median(questions),
                Collections.max(questions),
                Rounds.median(events),
                Collections.max(events));
    }

    /** Milliseconds: of the work, and the most that a question and an event took meanwhile. */
    private record Worst(double took, double question, double event) {}

    private Worst beside(Callable<String> work) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Double> asked = threads.submit(() -> worst(over, () -> get(question.call())));
            Future<Double> sent = threads.submit(() -> worst(over, () -> get(EVENT_QUESTION + log.send(producer))));
            try {
                double took = milliseconds(work);
                over.set(true);
                return new Worst(took, asked.get(), sent.get());
            } finally {
                over.set(true);
            }
        }
    }

    private static double worst(AtomicBoolean over, Callable<String> work) throws Exception {
        double worst = 0;
        do {
            worst = Math.max(worst, milliseconds(work));
        } while (!over.get());
        return worst;
    }

    private static double milliseconds(Callable<String> work) throws Exception {
        long start = System.nanoTime();
        work.call();
        return (System.nanoTime() - start) / NANOS_PER_MS;
    }

    private String preview(String lines) throws IOException, InterruptedException {
        String answer = send(to("/v1/previews")
                .header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofString(lines)));
        if (!answer.contains("\"inbound-students\"")) {
            throw new IllegalStateException("a preview moves no students: " + answer);
        }
        return answer;
    }

    private String get(String path) throws IOException, InterruptedException {
        return send(to(path).GET());
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(indicators.url() + path)).header("Authorization", "Bearer " + token);
    }

    private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }
}
