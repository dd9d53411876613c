package org.voyage.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Main class of a separate process with PostgreSQL, Kafka and the issuer for the tests of one JVM. It prints their
 * addresses, one {@code name=value} per line and an empty line last. It ends when its standard input does, and with
 * status 1 when a server does not start.
 */
final class TestBackendsMain {
    private TestBackendsMain() {}

    /** Starts the servers with the given databases. */
    public static void main(String[] databases) throws Exception {
        QuietLogs.installHandlers();
        try {
            startServers(databases);
        } catch (RuntimeException e) {
            e.printStackTrace();
            // Threads of the other servers would keep this JVM, and the tests would wait for it.
            Runtime.getRuntime().halt(1);
        }
        while (System.in.read() != -1) {
            // No input arrives: this process only waits for its end.
        }
        // The data is temporary: the guard ends the children as soon as this JVM has ended.
        Runtime.getRuntime().halt(0);
    }

    private static void startServers(String[] databases) throws IOException {
        Path folder = Files.createTempDirectory("voyage-test-");
        ProcessGuard.ofThisJvm().deleteOnExit(folder);
        int kafkaPort = LoopbackPorts.findFreePort();
        int controllerPort = LoopbackPorts.findFreePort();
        TokenIssuer issuer = TokenIssuer.start(folder.resolve("issuer"), LoopbackPorts.findFreePort());
        AllianceListener alliances = new AllianceListener(LoopbackPorts.findFreePort(), issuer.url());
        // The two start in parallel.
        CompletableFuture<KafkaNode> broker = CompletableFuture.supplyAsync(
                () -> KafkaNode.startNonDurable(folder.resolve("kafka"), kafkaPort, controllerPort, alliances));
        PostgresNode postgres = PostgresNode.startNonDurable(
                folder.resolve("postgres"), LoopbackPorts.findFreePort(), List.of(databases));
        KafkaNode kafka = broker.join();
        System.out.println("kafka-for-alliances=" + alliances.bootstrapServers());
        System.out.println("kafka=" + kafka.bootstrapServers());
        System.out.println("postgres=localhost:" + postgres.port());
        System.out.println("issuer=" + issuer.url());
        System.out.println("folder=" + folder);
        System.out.println();
        System.out.flush();
    }
}
