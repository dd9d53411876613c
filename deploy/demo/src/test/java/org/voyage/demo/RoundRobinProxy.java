package org.voyage.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One address for several instances of a service: connections go to them in turn. As a load balancer does, it asks each
 * instance for its health and takes the connections of a silent one away.
 */
final class RoundRobinProxy implements AutoCloseable {

    private static final Duration HEALTH_TIMEOUT = Duration.ofSeconds(2);
    private static final long HEALTH_PAUSE_MILLIS = 300;

    private final ServerSocket server;
    private final List<Integer> ports;
    private final Map<Integer, Set<Socket>> sockets = new ConcurrentHashMap<>();
    private final Set<Integer> healthy = ConcurrentHashMap.newKeySet();
    private final AtomicInteger turn = new AtomicInteger();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(HEALTH_TIMEOUT).build();

    private RoundRobinProxy(int port, List<Integer> ports) throws IOException {
        this.server = new ServerSocket(port, 200, InetAddress.getLoopbackAddress());
        this.ports = List.copyOf(ports);
    }

    /** Starts a proxy on a port of this machine for others of its ports. */
    static RoundRobinProxy start(int port, List<Integer> ports) throws IOException {
        RoundRobinProxy proxy = new RoundRobinProxy(port, ports);
        for (int each : ports) {
            proxy.sockets.put(each, ConcurrentHashMap.newKeySet());
            proxy.healthy.add(each);
            proxy.threads.submit(() -> proxy.watch(each));
        }
        proxy.threads.submit(proxy::acceptConnections);
        return proxy;
    }

    /** Starts a proxy for one port, without checks of health. */
    static RoundRobinProxy forward(int port, int to) throws IOException {
        RoundRobinProxy proxy = new RoundRobinProxy(port, List.of(to));
        proxy.sockets.put(to, ConcurrentHashMap.newKeySet());
        proxy.healthy.add(to);
        proxy.threads.submit(proxy::acceptConnections);
        return proxy;
    }

    private void acceptConnections() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                threads.submit(() -> connect(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void connect(Socket client) {
        List<Integer> candidates = ports.stream().filter(healthy::contains).toList();
        if (candidates.isEmpty()) {
            closeQuietly(client);
            return;
        }
        int port = candidates.get(Math.floorMod(turn.getAndIncrement(), candidates.size()));
        try {
            Socket backend = new Socket(InetAddress.getLoopbackAddress(), port);
            Set<Socket> open = sockets.getOrDefault(port, Set.of());
            open.add(client);
            open.add(backend);
            threads.submit(() -> pipe(client, backend, open));
            pipe(backend, client, open);
        } catch (IOException refused) {
            closeQuietly(client);
        }
    }

    private static void pipe(Socket from, Socket to, Set<Socket> open) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
        } catch (IOException ended) {
            // The other direction ends too.
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private void watch(int port) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/q/health/ready"))
                .timeout(HEALTH_TIMEOUT)
                .build();
        while (!server.isClosed()) {
            try {
                boolean ready = http.send(request, HttpResponse.BodyHandlers.discarding())
                                .statusCode()
                        == 200;
                setHealthy(port, ready);
                TimeUnit.MILLISECONDS.sleep(HEALTH_PAUSE_MILLIS);
            } catch (IOException e) {
                setHealthy(port, false);
                pause();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(HEALTH_PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void setHealthy(int port, boolean ready) {
        if (ready) {
            healthy.add(port);
        } else if (healthy.remove(port)) {
            List.copyOf(sockets.getOrDefault(port, Set.of())).forEach(RoundRobinProxy::closeQuietly);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        sockets.values().forEach(open -> List.copyOf(open).forEach(RoundRobinProxy::closeQuietly));
        threads.shutdownNow();
        http.shutdownNow();
    }
}
