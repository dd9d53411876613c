package org.voyage.feeds.delivery.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.security.Security;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Resolver whose answers for names under {@code webhook.test} the tests set; all other names take the way of the JDK. */
public final class LyingResolver extends InetAddressResolverProvider {

    // The JDK loads this class by the system class loader, the tests of Quarkus by theirs: system properties exist
    // once.
    private static final String PROPERTY_PREFIX = "voyage.test.host.";
    private static final Map<String, Integer> CALLS = new ConcurrentHashMap<>();

    /** Sets the addresses of a name. A bar separates the answers to one look-up after the other; the last one stays. */
    public static void answer(String host, String... addresses) {
        System.setProperty(PROPERTY_PREFIX + host, String.join(",", addresses).replace(",|,", "|"));
    }

    @Override
    public InetAddressResolver get(Configuration configuration) {
        // No answer is remembered, so that a name can move at once.
        Security.setProperty("networkaddress.cache.ttl", "0");
        InetAddressResolver jdk = configuration.builtinResolver();
        return new InetAddressResolver() {
            @Override
            public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
                String set = System.getProperty(PROPERTY_PREFIX + host);
                if (set == null) {
                    return jdk.lookupByName(host, policy);
                }
                List<String> answers = List.of(set.split("\\|"));
                int call = Objects.requireNonNull(CALLS.merge(host + set, 1, Integer::sum)) - 1;
                return Arrays.stream(
                                answers.get(Math.min(call, answers.size() - 1)).split(","))
                        .map(InetAddress::ofLiteral);
            }

            @Override
            public String lookupByAddress(byte[] address) throws UnknownHostException {
                return jdk.lookupByAddress(address);
            }
        };
    }

    @Override
    public String name() {
        return "answers that a test sets";
    }
}
