package org.voyage.kit.bulk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Scheduler of the places at which files are processed, fair over provinces. A free place goes to the province with the
 * fewest files at work; among those to the one whose last turn is the longest ago. Within a province it goes to the client
 * with the fewest files at work, then to the file that came first. No province and no client has more places than its
 * share. The last free place goes only to a province without a file at work, so that few provinces never have all
 * places. A spreadsheet waits for a place and a spreadsheet's place together, so that it never holds one of them while it
 * waits for the other. The dry runs of a province take turns, because each locks the rows that it writes.
 */
final class BatchSlotScheduler {

    /**
     * Numbers of places.
     *
     * @param places of all files
     * @param perProvince of those, for files of one province
     * @param perClient of those, for files of one client
     * @param sheets of all spreadsheets
     * @param sheetsPerProvince of those, for spreadsheets of one province
     */
    record PlaceShares(int places, int perProvince, int perClient, int sheets, int sheetsPerProvince) {}

    /** Request of one file for a place: it waits, then holds the place until it is released. */
    static final class PlaceRequest {
        private final String province;
        private final String client;
        private final boolean sheet;
        private final boolean dryRun;
        private final @Nullable Consumer<PlaceRequest> whenGranted;
        private final CountDownLatch granted = new CountDownLatch(1);

        private PlaceRequest(Batch batch, boolean sheet, @Nullable Consumer<PlaceRequest> whenGranted) {
            this.province = batch.province;
            this.client = batch.actor;
            this.sheet = sheet;
            this.dryRun = batch.dryRun;
            this.whenGranted = whenGranted;
        }

        private boolean hasCaller() {
            return whenGranted == null;
        }
    }

    private final PlaceShares shares;
    private final List<PlaceRequest> waiting = new ArrayList<>();
    private final List<PlaceRequest> working = new ArrayList<>();
    private final Map<String, Long> lastTurns = new HashMap<>();
    private long turns;

    BatchSlotScheduler(PlaceShares shares) {
        this.shares = shares;
    }

    /** Adds a file whose sender does not wait. {@code whenGranted} runs when it has its place, perhaps at once. */
    void enqueue(Batch batch, boolean sheet, Consumer<PlaceRequest> whenGranted) {
        add(new PlaceRequest(batch, sheet, whenGranted));
    }

    /** Adds a file whose sender waits: {@link #awaitPlace}. */
    PlaceRequest enqueueCaller(Batch batch, boolean sheet) {
        return add(new PlaceRequest(batch, sheet, null));
    }

    private PlaceRequest add(PlaceRequest request) {
        synchronized (this) {
            waiting.add(request);
        }
        grantFreePlaces();
        return request;
    }

    /** Waits for the place. Returns false if it was not granted in time. The caller releases the request anyway. */
    static boolean awaitPlace(PlaceRequest request, Duration patience) throws InterruptedException {
        return request.granted.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Gives back the place of a request, or ends its waiting. */
    void release(PlaceRequest request) {
        synchronized (this) {
            working.remove(request);
            waiting.remove(request);
        }
        grantFreePlaces();
    }

    /** Returns the number of waiting files of a province whose senders do not wait. */
    synchronized int countWaiting(String province) {
        return count(waiting, request -> !request.hasCaller() && request.province.equals(province));
    }

    /** Returns the number of waiting files whose senders do not wait. */
    synchronized int countWaiting() {
        return count(waiting, request -> !request.hasCaller());
    }

    /** Returns the number of senders of a province that wait. */
    synchronized int countCallers(String province) {
        return count(waiting, request -> request.hasCaller() && request.province.equals(province));
    }

    private void grantFreePlaces() {
        for (var request = grantNext(); request != null; request = grantNext()) {
            request.granted.countDown();
            if (request.whenGranted != null) {
                request.whenGranted.accept(request);
            }
        }
    }

    private synchronized @Nullable PlaceRequest grantNext() {
        if (working.size() >= shares.places()) {
            return null;
        }
        // The smallest of equal ones is the first that came.
        var next = waiting.stream()
                .filter(this::mayWork)
                .min(Comparator.comparingInt((PlaceRequest request) -> countOfProvince(request.province))
                        .thenComparing(request -> lastTurns.getOrDefault(request.province, 0L))
                        .thenComparing(request -> countOfClient(request.client)))
                .orElse(null);
        if (next != null) {
            waiting.remove(next);
            working.add(next);
            lastTurns.put(next.province, ++turns);
        }
        return next;
    }

    private boolean mayWork(PlaceRequest request) {
        boolean sheetPlace = !request.sheet
                || count(working, other -> other.sheet) < shares.sheets()
                        && count(working, other -> other.sheet && other.province.equals(request.province))
                                < shares.sheetsPerProvince();
        boolean dryRunPlace = !request.dryRun
                || count(working, other -> other.dryRun && other.province.equals(request.province)) == 0;
        int ofProvince = countOfProvince(request.province);
        return sheetPlace
                && dryRunPlace
                && ofProvince < shares.perProvince()
                && (ofProvince == 0 || working.size() + 1 < shares.places())
                && countOfClient(request.client) < shares.perClient();
    }

    private int countOfProvince(String province) {
        return count(working, request -> request.province.equals(province));
    }

    private int countOfClient(String client) {
        return count(working, request -> request.client.equals(client));
    }

    private static int count(List<PlaceRequest> requests, Predicate<PlaceRequest> which) {
        return (int) requests.stream().filter(which).count();
    }
}
