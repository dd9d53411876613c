package org.voyage.local;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * Main class of the token issuer alone, for the container {@code voyage/issuer}. It listens on every address of its
 * machine and reads the environment. {@code VOYAGE_ISSUER_URL} is the name under which services reach it,
 * {@code VOYAGE_ISSUER_PUBLIC_URL} the one for browsers, {@code VOYAGE_ISSUER_PORT} its port, {@code
 * VOYAGE_ISSUER_DATA} the folder of its signing key.
 */
public final class IssuerMain {
    private IssuerMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        QuietLogs.installHandlers();
        try {
            TokenIssuer issuer = startIssuer(System.getenv());
            Runtime.getRuntime().addShutdownHook(new Thread(issuer::close));
            System.out.println("READY  issuer " + issuer.url());
        } catch (StartFailedException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
        // Until Ctrl-C or a kill.
        new CountDownLatch(1).await();
    }

    static TokenIssuer startIssuer(Map<String, String> environment) {
        int port = parsePort(environment.getOrDefault("VOYAGE_ISSUER_PORT", "8086"));
        String url = environment.getOrDefault("VOYAGE_ISSUER_URL", "http://localhost:" + port);
        Path data = Path.of(environment.getOrDefault("VOYAGE_ISSUER_DATA", "data"));
        String publicUrl = environment.getOrDefault("VOYAGE_ISSUER_PUBLIC_URL", url);
        return TokenIssuer.start(data, url, publicUrl, new InetSocketAddress("0.0.0.0", port));
    }

    private static int parsePort(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port > 0 && port < 65_536) {
                return port;
            }
        } catch (NumberFormatException _) {
            // reported below
        }
        throw new StartFailedException("VOYAGE_ISSUER_PORT is \"" + text + "\", which is no port from 1 to 65535.");
    }
}
