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
 * Measurement of a preview of some corrected students, and of its worst effect on others: a new query, and an event on
 * its way from the log to an answer. The baseline is the same without a preview.
 */
class PreviewBench {

    private static final List<Integer> CHANGE_COUNTS = List.of(1, 100, 10_000);
    private static final String EVENT_PATH = "/v1/indicators/inbound-admissions/values?period=2020&receipt=";
    private static final int ROUND_COUNT = 5;
    private static final int WARM_UP_ROUNDS = 2;
    private static final double NANOS_PER_MS = 1e6;

    private final IndicatorsService indicators;
    private final EnrolmentLog log;
    private final KafkaProducer<String, byte[]> producer;
    private final Callable<String> question;
    private final HttpClient http;
    private final String token;

    /**
     * Creates the measurement.
     *
     * @param question returns the path of a new query
     */
    PreviewBench(
            IndicatorsService indicators,
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
        this.token = indicators.operatorToken();
    }

    void runMeasurement() throws Exception {
        List<Double> questions = new ArrayList<>();
        List<Double> events = new ArrayList<>();
        List<Double> took = new ArrayList<>();
        for (int changes : CHANGE_COUNTS) {
            for (int round = -WARM_UP_ROUNDS; round < ROUND_COUNT; round++) {
                String lines = log.correctedStudents(
                        changes, CHANGE_COUNTS.indexOf(changes) * ROUND_COUNT + round + WARM_UP_ROUNDS);
                WorstTimes worst = measureWithOthers(() -> postPreview(lines));
                if (round >= 0) {
                    took.add(worst.took());
                    questions.add(worst.question());
                    events.add(worst.event());
                }
            }
            printResults("a preview of " + changes + " changes", took, questions, events);
            List.of(took, questions, events).forEach(List::clear);
        }
        for (int round = 0; round < ROUND_COUNT; round++) {
            WorstTimes worst = measureWithOthers(() -> {
                Thread.sleep(1_000);
                return "";
            });
            took.add(worst.took());
            questions.add(worst.question());
            events.add(worst.event());
        }
        printResults("a second without a preview", took, questions, events);
    }

    private static void printResults(String what, List<Double> took, List<Double> questions, List<Double> events) {
        System.out.printf(
                Locale.ROOT,
                "%s: %.0f ms; meanwhile at worst a question takes %.0f ms (%.0f), an event to its figure %.0f ms (%.0f)%n",
                what,
                RoundComparison.medianOf(took),
                RoundComparison.medianOf(questions),
                Collections.max(questions),
                RoundComparison.medianOf(events),
                Collections.max(events));
    }

    /** Milliseconds: duration of the work, and maximum of a query and of an event meanwhile. */
    private record WorstTimes(double took, double question, double event) {}

    private WorstTimes measureWithOthers(Callable<String> work) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Double> asked = threads.submit(() -> worstTime(over, () -> getJson(question.call())));
            Future<Double> sent =
                    threads.submit(() -> worstTime(over, () -> getJson(EVENT_PATH + log.sendEvent(producer))));
            try {
                double took = measureMs(work);
                over.set(true);
                return new WorstTimes(took, asked.get(), sent.get());
            } finally {
                over.set(true);
            }
        }
    }

    private static double worstTime(AtomicBoolean over, Callable<String> work) throws Exception {
        double worst = 0;
        do {
            worst = Math.max(worst, measureMs(work));
        } while (!over.get());
        return worst;
    }

    private static double measureMs(Callable<String> work) throws Exception {
        long start = System.nanoTime();
        work.call();
        return (System.nanoTime() - start) / NANOS_PER_MS;
    }

    private String postPreview(String lines) throws IOException, InterruptedException {
        String answer = sendRequest(requestTo("/v1/previews")
                .header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofString(lines)));
        if (!answer.contains("\"inbound-students\"")) {
            throw new IllegalStateException("a preview moves no students: " + answer);
        }
        return answer;
    }

    private String getJson(String path) throws IOException, InterruptedException {
        return sendRequest(requestTo(path).GET());
    }

    private HttpRequest.Builder requestTo(String path) {
        return HttpRequest.newBuilder(URI.create(indicators.url() + path)).header("Authorization", "Bearer " + token);
    }

    private String sendRequest(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }
}
