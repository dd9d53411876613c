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
 * One province's bureau that sends students one after the other, each when the last is acknowledged, so that its figure
 * has reached n as soon as its n-th student is counted. Knows when each was sent, acknowledged and seen on the stream.
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

    /** Where it stands among all, from 0 to 1. */
    double startFraction() {
        return (double) EnrolmentLog.PROVINCES.indexOf(province) / EnrolmentLog.PROVINCES.size();
    }

    /**
     * Returns when it is acknowledged.
     *
     * @param published whether its event shall be on Kafka by then
     */
    void sendStudent(boolean published) throws IOException, InterruptedException {
        int number = countSent();
        // Of those whose number a third divides some have left already, and would not be counted today.
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

    /** Its figure stands at this number on the stream. */
    synchronized void recordSeen(long students) {
        long now = System.nanoTime();
        while (seen.size() < students) {
            seen.add(now);
        }
        notifyAll();
    }

    /**
     * Waits until all that was sent is seen.
     *
     * @throws IllegalStateException when it is not within the patience
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

    /** What was sent since a moment: from the acknowledgement to the stream, and all the way. */
    synchronized void collectLatencies(long since, LatencySample fromAcknowledgement, LatencySample fromSending) {
        for (int i = 0; i < sent.size(); i++) {
            if (sent.get(i) >= since) {
                fromAcknowledgement.addLatency(seen.get(i) - acknowledged.get(i));
                fromSending.addLatency(seen.get(i) - sent.get(i));
            }
        }
    }
}
