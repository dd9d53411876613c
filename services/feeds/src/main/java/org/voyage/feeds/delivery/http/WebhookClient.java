package org.voyage.feeds.delivery.http;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SchemePortResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.DefaultClientConnectionReuseStrategy;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionReuseStrategy;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.delivery.config.DeliveryConfig;
import org.voyage.feeds.delivery.http.WebhookAddressPolicy.AddressRefusedException;
import org.voyage.feeds.delivery.queue.DeliveryOutcome.OutcomeKind;
import org.voyage.feeds.delivery.queue.DeliveryRules;

/**
 * HTTP client that posts webhooks: to checked addresses only, without redirects, proxies, cookies and decompression. A whole
 * exchange has one deadline, and of a reply only the begin is read. Call it from virtual threads.
 */
@ApplicationScoped
public class WebhookClient {

    /** The part of an exchange in which the connection must open, TLS included. */
    private static final int CONNECT_PART = 3;

    private static final int MAX_REPLY_BYTES = 64 * 1024;
    private static final int EXCERPT_BYTES = 1000;
    private static final int MAX_HEADER_LINE_BYTES = 8 * 1024;
    private static final int MAX_HEADERS = 100;
    private static final int BUFFER_BYTES = 4 * 1024;
    private static final int MAX_CONNECTIONS = 4000;
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Co}\\p{Cn}&&[^\\n]]");
    private static final TimeValue CONNECTION_AGE = TimeValue.ofSeconds(60);

    private final CloseableHttpClient client;
    /** Opens a connection for each request. */
    private final CloseableHttpClient repeater;

    private final ScheduledThreadPoolExecutor deadlines;
    private final Duration exchangeTimeout;
    private final Clock clock;

    WebhookClient(WebhookAddressPolicy policy, DeliveryConfig config, Clock clock) {
        this.exchangeTimeout = config.exchangeTimeout();
        this.clock = clock;
        this.deadlines = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("webhook-deadlines").factory());
        // Else a request with its body stays in memory until its deadline, though its reply has come.
        deadlines.setRemoveOnCancelPolicy(true);
        this.client = buildClient(policy, DefaultClientConnectionReuseStrategy.INSTANCE);
        this.repeater = buildClient(policy, (_, _, _) -> false);
    }

    private CloseableHttpClient buildClient(WebhookAddressPolicy policy, ConnectionReuseStrategy reuse) {
        PoolingHttpClientConnectionManager connections = new CheckedConnections(policy)
                .setDnsResolver(new CheckedDnsResolver(policy))
                .setTlsSocketStrategy(DefaultClientTlsStrategy.createDefault())
                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                .setMaxConnTotal(MAX_CONNECTIONS)
                .setMaxConnPerRoute(DeliveryRules.MAX_REQUESTS_IN_FLIGHT + 2)
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(Http1Config.custom()
                                .setMaxLineLength(MAX_HEADER_LINE_BYTES)
                                .setMaxHeaderCount(MAX_HEADERS)
                                .setBufferSize(BUFFER_BYTES)
                                .build())
                        .build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(exchangeTimeout.dividedBy(CONNECT_PART)))
                        .setSocketTimeout(Timeout.of(exchangeTimeout))
                        .setTimeToLive(CONNECTION_AGE)
                        .setValidateAfterInactivity(TimeValue.ofMilliseconds(500))
                        .build())
                .build();
        return HttpClients.custom()
                .setConnectionManager(connections)
                .setConnectionReuseStrategy(reuse)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(Timeout.of(exchangeTimeout))
                        .setConnectionRequestTimeout(Timeout.of(exchangeTimeout))
                        .setExpectContinueEnabled(false)
                        .build())
                .setUserAgent("Voyage-Feeds/1")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableContentCompression()
                .disableCookieManagement()
                .disableAuthCaching()
                .evictExpiredConnections()
                .evictIdleConnections(TimeValue.ofSeconds(30))
                .build();
    }

    @PreDestroy
    void close() throws IOException {
        deadlines.shutdownNow();
        client.close();
        repeater.close();
    }

    /** Posts a body and returns what the receiver replied; never throws for a failure of the receiver. */
    public WebhookReply post(WebhookUrl url, String contentType, Map<String, String> headers, byte[] body) {
        HttpPost request = new HttpPost(url.uri());
        headers.forEach(request::setHeader);
        request.setEntity(new ByteArrayEntity(body, ContentType.parse(contentType)));
        AtomicBoolean isLate = new AtomicBoolean();
        long begin = System.nanoTime();
        ScheduledFuture<?> deadline = deadlines.schedule(
                () -> {
                    isLate.set(true);
                    request.cancel();
                },
                exchangeTimeout.toMillis(),
                TimeUnit.MILLISECONDS);
        try {
            return execute(request, begin);
        } catch (IOException | RuntimeException e) {
            return toReply(e, isLate.get(), begin);
        } finally {
            deadline.cancel(false);
        }
    }

    /** The receiver may have closed any kept connection without a word: the request is sent again by a new one then. */
    private WebhookReply execute(HttpPost request, long begin) throws IOException {
        try {
            return client.execute(request, response -> readReply(response, begin));
        } catch (NoHttpResponseException | SocketException e) {
            if (e instanceof ConnectException || e instanceof NoRouteToHostException || request.isAborted()) {
                throw e;
            }
            return repeater.execute(request, response -> readReply(response, begin));
        }
    }

    private WebhookReply readReply(ClassicHttpResponse response, long begin) throws IOException {
        byte[] excerpt = new byte[0];
        if (response.getEntity() != null) {
            try (InputStream reply = response.getEntity().getContent()) {
                excerpt = reply.readNBytes(EXCERPT_BYTES);
                if (!isReadToEnd(reply, MAX_REPLY_BYTES - excerpt.length)) {
                    // Closing the response instead of reading the rest ends the connection.
                    response.close();
                }
            }
        }
        @Nullable Header retryAfter = response.getFirstHeader("Retry-After");
        return new WebhookReply(
                WebhookReply.kindOf(response.getCode()),
                response.getCode(),
                null,
                RetryAfterHeader.parse(retryAfter == null ? null : retryAfter.getValue(), clock.instant()),
                Duration.ofNanos(System.nanoTime() - begin),
                toExcerpt(excerpt));
    }

    private static boolean isReadToEnd(InputStream reply, int limit) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int rest = limit; rest > 0; ) {
            int read = reply.read(buffer, 0, Math.min(buffer.length, rest));
            if (read < 0) {
                return true;
            }
            rest -= read;
        }
        return false;
    }

    /** Returns printable text: a reply is foreign, and may try to look like something else. */
    private static String toExcerpt(byte[] bytes) {
        return UNPRINTABLE.matcher(new String(bytes, StandardCharsets.UTF_8)).replaceAll("\uFFFD");
    }

    private static WebhookReply toReply(Exception failure, boolean isLate, long begin) {
        String name = isLate
                ? "timeout"
                : switch (failure) {
                    case AddressRefusedException _ -> "address-refused";
                    case UnknownHostException _ -> "unknown-host";
                    case ConnectTimeoutException _ -> "connect-timeout";
                    case ConnectException _, NoRouteToHostException _ -> "no-connection";
                    case SocketTimeoutException _ -> "timeout";
                    case SSLException _ -> "tls";
                    default -> "broken-reply";
                };
        boolean isConnected = name.equals("timeout") || name.equals("broken-reply");
        return new WebhookReply(
                isConnected ? OutcomeKind.BROKEN : OutcomeKind.UNAVAILABLE,
                0,
                name,
                Duration.ZERO,
                Duration.ofNanos(System.nanoTime() - begin),
                "");
    }

    /** Connections by {@link CheckedSocket}. */
    private static final class CheckedConnections extends PoolingHttpClientConnectionManagerBuilder {
        private final WebhookAddressPolicy policy;

        CheckedConnections(WebhookAddressPolicy policy) {
            this.policy = policy;
        }

        @Override
        protected HttpClientConnectionOperator createConnectionOperator(
                SchemePortResolver ports, DnsResolver names, TlsSocketStrategy tls) {
            return new DefaultHttpClientConnectionOperator(
                    proxy -> new CheckedSocket(policy),
                    ports,
                    names,
                    RegistryBuilder.<TlsSocketStrategy>create()
                            .register("https", tls)
                            .build());
        }
    }

    /** Resolver that answers checked addresses only. */
    private record CheckedDnsResolver(WebhookAddressPolicy policy) implements DnsResolver {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            return policy.resolveHost(host).toArray(InetAddress[]::new);
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }
}
