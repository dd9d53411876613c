package org.voyage.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * PostgreSQL, Kafka and the issuer for the tests of one JVM, as a process of their own beside it: prints where they
 * are, one {@code name=value} a line and an empty line last, and ends when its standard input does.
 */
final class TestBackendsMain {
    private TestBackendsMain() {}

    /** Takes the names of the databases. */
    public static void main(String[] databases) throws Exception {
        QuietLogs.installHandlers();
        Path folder = Files.createTempDirectory("voyage-test-");
        ProcessGuard.ofThisJvm().deleteOnExit(folder);
        int kafkaPort = LoopbackPorts.findFreePort();
        int controllerPort = LoopbackPorts.findFreePort();
        // The two start side by side.
        CompletableFuture<KafkaNode> broker = CompletableFuture.supplyAsync(
                () -> KafkaNode.startNonDurable(folder.resolve("kafka"), kafkaPort, controllerPort));
        PostgresNode postgres = PostgresNode.startNonDurable(
                folder.resolve("postgres"), LoopbackPorts.findFreePort(), List.of(databases));
        KafkaNode kafka = broker.join();
        TokenIssuer issuer = TokenIssuer.start(folder.resolve("issuer"), LoopbackPorts.findFreePort());
        System.out.println("kafka=" + kafka.bootstrapServers());
        System.out.println("postgres=localhost:" + postgres.port());
        System.out.println("issuer=" + issuer.url());
        System.out.println("folder=" + folder);
        System.out.println();
        System.out.flush();
        while (System.in.read() != -1) {
            // Nothing is said to this process: it only waits for the end.
        }
        // The data is thrown away: the guard ends the children as soon as this JVM is gone.
        Runtime.getRuntime().halt(0);
    }
}
