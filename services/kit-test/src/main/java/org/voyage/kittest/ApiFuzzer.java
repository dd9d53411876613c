package org.voyage.kittest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Fuzz test of a running service. It sends requests that the service's OpenAPI document describes, and replaces parts
 * (path, query, headers, body, method) by garbage. {@link ApiFuzzVerdict} checks every answer. The same seed sends the
 * same requests.
 */
public final class ApiFuzzer {
    private static final System.Logger LOG = System.getLogger(ApiFuzzer.class.getName());
    private static final int PARALLEL_REQUESTS = 8;
    private static final int MAX_SHOWN_EXCHANGES = 3;

    private final ApiFuzzHttpClient wire;
    private final long seed;
    private final int perOperation;

    /**
     * Creates a fuzz test.
     *
     * @param perOperation number of requests for each operation of the document
     */
    public ApiFuzzer(String host, int port, long seed, int perOperation) {
        this.wire = new ApiFuzzHttpClient(host, port);
        this.seed = seed;
        this.perOperation = perOperation;
    }

    /**
     * Sends all requests.
     *
     * @param caller a client of the local issuer whose token most requests carry, for instance {@code bureau-12}
     * @param paths known values of path parameters, by parameter name
     * @throws AssertionError naming the requests with wrong answers
     */
    public void sendAll(String caller, Map<String, List<String>> paths) {
        ApiFuzzDocument document = loadDocument();
        List<ApiFuzzDocument.FuzzOperation> operations = document.collectOperations();
        assertThat(operations).as("operations of the OpenAPI document").isNotEmpty();
        Map<String, List<String>> wrong = new ConcurrentSkipListMap<>();
        Map<Integer, AtomicInteger> statuses = new TreeMap<>();
        AtomicInteger sent = new AtomicInteger();
        Semaphore places = new Semaphore(PARALLEL_REQUESTS);
        try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (ApiFuzzDocument.FuzzOperation operation : operations) {
                Random random = new Random(seed * 31 + operation.name().hashCode());
                ApiFuzzRequestGenerator requests =
                        new ApiFuzzRequestGenerator(document, operation, caller, paths, random);
                for (int i = 0; i < perOperation; i++) {
                    ApiFuzzRequest request = requests.nextRequest();
                    places.acquireUninterruptibly();
                    workers.execute(() -> {
                        try {
                            ApiFuzzAnswer answer = wire.sendRequest(request);
                            sent.incrementAndGet();
                            synchronized (statuses) {
                                statuses.computeIfAbsent(answer.status(), status -> new AtomicInteger())
                                        .incrementAndGet();
                            }
                            ApiFuzzVerdict.findFaults(request, answer)
                                    .forEach(fault -> addFault(wrong, fault, request + "\n    " + answer));
                        } catch (IOException | RuntimeException e) {
                            addFault(wrong, String.valueOf(e), request.toString());
                        } finally {
                            places.release();
                        }
                    });
                }
            }
        }
        LOG.log(
                System.Logger.Level.INFO,
                "fuzz with seed {0}: {1} operations, {2} requests, answers by status {3}",
                String.valueOf(seed),
                operations.size(),
                String.valueOf(sent),
                statuses);
        assertThat(wrong)
                .withFailMessage(() -> "seed " + seed + ": " + describeFaults(wrong))
                .isEmpty();
    }

    private static void addFault(Map<String, List<String>> wrong, String fault, String exchange) {
        wrong.computeIfAbsent(fault, kind -> Collections.synchronizedList(new ArrayList<>()))
                .add(exchange);
    }

    private static String describeFaults(Map<String, List<String>> wrong) {
        StringBuilder told = new StringBuilder();
        wrong.forEach((fault, exchanges) -> {
            told.append('\n').append(exchanges.size()).append(" x ").append(fault);
            exchanges.stream()
                    .limit(MAX_SHOWN_EXCHANGES)
                    .forEach(exchange -> told.append("\n    ").append(exchange));
        });
        return told.toString();
    }

    private ApiFuzzDocument loadDocument() {
        try {
            ApiFuzzAnswer answer = wire.sendRequest(ApiFuzzRequest.get("/q/openapi?format=json"));
            JsonNode tree = ApiFuzzVerdict.JSON.readTree(answer.body());
            return new ApiFuzzDocument(tree);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
