package org.voyage.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.voyage.local.Platform;

/**
 * Sender of one province's bureau. It sends a student after the acknowledgement of the last one, so its figure reaches
 * n when the n-th student is counted. It stores the times of sending, of acknowledgement and of arrival on the stream.
 */
class BureauSender {

    private final String province;
    private final String collection;
    private final String token;
    private final HttpClient http;
    private final List<Long> sent = new ArrayList<>();
    private final List<Long> acknowledged = new ArrayList<>();
    private final List<Long> seen = new ArrayList<>();

    BureauSender(Platform platform, String province, HttpClient http) throws IOException, InterruptedException {
        this.province = province;
        this.collection = platform.urlOf("mobility") + "/v1/inbound-enrolments/" + province + "/";
        this.token = BenchTokens.requestToken(platform, "bureau-" + province);
        this.http = http;
    }

    /** Returns the offset of this sender's start among all, from 0 to 1. */
    double startFraction() {
        return (double) EnrolmentLog.PROVINCES.indexOf(province) / EnrolmentLog.PROVINCES.size();
    }

    /**
     * Sends a student and returns after the acknowledgement.
     *
     * @param published whether the acknowledgement includes the event on Kafka
     */
    void sendStudent(boolean published) throws IOException, InterruptedException {
        int number = countSent();
        // Some students with a number divisible by three have left already, and would not be counted today.
        String body = "{" + BulkRecordType.enrolmentFields(province, 3 * number + 1) + "}";
        HttpRequest.Builder put = HttpRequest.newBuilder(URI.create(collection + "BENCH-" + number))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body));
        if (published) {
            put.header("Prefer", "published");
        }
        HttpRequest request = put.build();
        long start = System.nanoTime();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        long end = System.nanoTime();
        if (answer.statusCode() / 100 != 2
                || published
                        != answer.headers().firstValue("Preference-Applied").isPresent()) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
        synchronized (this) {
            sent.add(start);
            acknowledged.add(end);
            notifyAll();
        }
    }

    private synchronized int countSent() {
        return sent.size();
    }

    /** Records that the stream shows this number. */
    synchronized void recordSeen(long students) {
        long now = System.nanoTime();
        while (seen.size() < students) {
            seen.add(now);
        }
        notifyAll();
    }

    /**
     * Waits until the stream shows all sent students.
     *
     * @throws IllegalStateException after the time limit
     */
    synchronized void awaitSeen(long patienceMs) throws InterruptedException {
        long until = System.currentTimeMillis() + patienceMs;
        while (seen.size() < sent.size()) {
            long left = until - System.currentTimeMillis();
            if (left <= 0) {
                throw new IllegalStateException(
                        province + ": " + sent.size() + " were sent, " + seen.size() + " are on the stream");
            }
            wait(left);
        }
        if (seen.size() > sent.size()) {
            throw new IllegalStateException(province + ": more is on the stream than was sent");
        }
    }

    /** Adds the latencies since a point in time: from the acknowledgement to the stream, and in total. */
    synchronized void collectLatencies(long since, LatencySample fromAcknowledgement, LatencySample fromSending) {
        for (int i = 0; i < sent.size(); i++) {
            if (sent.get(i) >= since) {
                fromAcknowledgement.addLatency(seen.get(i) - acknowledged.get(i));
                fromSending.addLatency(seen.get(i) - sent.get(i));
            }
        }
    }
}
