package org.voyage.bench;

import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import org.voyage.local.Platform;

/**
 * Measurement of single PUTs of new enrolments over 32 connections: checked tokens, rules, versions, audit, outbox, and
 * the relay in parallel. The baseline is the plain application that stores the same record and an outbox row.
 */
class PutBench {

    private static final int CONNECTIONS = 32;
    private static final int ROUND_SECONDS = 5;
    private static final int ROUND_COUNT = 5;
    private static final double MIN_RATIO = 1.5;
    private static final String[] PROVINCES = {"11", "12", "13", "14", "15", "21", "22", "23"};

    private final Platform platform;
    private final String ours;
    private final String plain;
    private final LoadGenerator load;
    private final AtomicInteger number = new AtomicInteger();
    private final List<String> tokens = new ArrayList<>();
    private long acknowledged;

    PutBench(Platform platform, BaselineProcess baseline, LoadGenerator load) {
        this.platform = platform;
        // Once: the work of the client for each request takes capacity from the measured machine.
        this.ours = platform.urlOf("mobility") + "/v1/inbound-enrolments/";
        this.plain = baseline.url() + "/enrolments/";
        this.load = load;
    }

    void runMeasurement() throws IOException, InterruptedException, SQLException {
        for (String province : PROVINCES) {
            tokens.add(BenchTokens.requestToken(platform, "bureau-" + province));
        }
        try (ServiceDatabase database = new ServiceDatabase(platform, "mobility")) {
            warmUpAll();
            awaitRelayed(database);
            for (int provinces : new int[] {PROVINCES.length, 1}) {
                runRounds(provinces, HttpMethod.PUT, OptionalDouble.of(MIN_RATIO), database);
                runRounds(provinces, HttpMethod.POST, OptionalDouble.empty(), database);
            }
            long stored = database.queryNumber("select count(*) from inbound_enrolment");
            long events = database.queryNumber(
                    "select count(*) from outbox o, outbox_relay r where o.position <= r.position");
            long audited = database.queryNumber("select count(*) from audit_entry where action = 'changed'");
            System.out.printf(
                    Locale.ROOT,
                    "acknowledged %,d, stored %,d, published %,d, audited %,d, errors 0%n",
                    acknowledged,
                    stored,
                    events,
                    audited);
            if (stored != acknowledged || events != acknowledged || audited != acknowledged) {
                throw new IllegalStateException("Something acknowledged was lost, or something was done twice.");
            }
        }
    }

    /** Warms up all measured code before the first measurement: late compilation would slow down the first one. */
    private void warmUpAll() throws InterruptedException {
        for (HttpMethod plain : new HttpMethod[] {HttpMethod.PUT, HttpMethod.POST}) {
            WarmUp.runUntilSteady(() -> measureBaseline(ROUND_SECONDS, PROVINCES.length, plain));
        }
        for (int provinces : new int[] {PROVINCES.length, 1}) {
            WarmUp.runUntilSteady(() -> measureService(ROUND_SECONDS, provinces));
        }
    }

    private void runRounds(int provinces, HttpMethod plain, OptionalDouble aim, ServiceDatabase database)
            throws SQLException, InterruptedException {
        RoundComparison rounds = new RoundComparison(
                "PUT of " + provinces + (provinces == 1 ? " province" : " provinces"),
                "plain " + plain,
                "requests/s",
                aim);
        for (int round = 0; round < ROUND_COUNT; round++) {
            double ours = measureService(ROUND_SECONDS, provinces);
            awaitRelayed(database);
            rounds.addRound(ours, measureBaseline(ROUND_SECONDS, provinces, plain));
        }
        rounds.printRounds();
    }

    private static void awaitRelayed(ServiceDatabase database) throws SQLException, InterruptedException {
        database.awaitAtLeast(
                "select r.position from outbox_relay r",
                database.queryNumber("select last_value from outbox_position"));
    }

    private double measureService(int seconds, int provinces) throws InterruptedException {
        LoadGenerator.LoadOutcome outcome =
                load.runLoad(CONNECTIONS, seconds, connection -> putCall(HttpMethod.PUT, ours, connection % provinces));
        acknowledged += outcome.answers();
        return rateOf(outcome);
    }

    private double measureBaseline(int seconds, int provinces, HttpMethod method) throws InterruptedException {
        return rateOf(load.runLoad(CONNECTIONS, seconds, connection -> putCall(method, plain, connection % provinces)));
    }

    private LoadGenerator.LoadCall putCall(HttpMethod method, String collection, int province) {
        int i = number.incrementAndGet();
        String code = PROVINCES[province];
        return new LoadGenerator.LoadCall(
                method,
                collection + code + "/BENCH-" + i,
                tokens.get(province),
                "{" + BulkRecordType.enrolmentFields(code, i) + "}");
    }

    private static double rateOf(LoadGenerator.LoadOutcome outcome) {
        if (outcome.errors() > 0) {
            throw new IllegalStateException(outcome.errors() + " errors, the first: " + outcome.first());
        }
        return outcome.perSecond();
    }
}
