package org.voyage.feeds.delivery.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import org.voyage.feeds.delivery.config.DeliveryConfig;

/**
 * Decision whether a webhook may go to an address: public addresses only, and those of networks that the operator
 * allows. An address that holds an IPv4 address is refused; when its network is allowed, the IPv4 address decides.
 */
@ApplicationScoped
public class WebhookAddressPolicy {

    private static final AddressBlock PUBLIC_IPV6 = AddressBlock.parse("2000::/3");
    private static final int IPV4_BYTES = 4;

    private final SpecialAddressRegistry registry = SpecialAddressRegistry.load();
    private final List<AddressBlock> allowed;

    @Inject
    WebhookAddressPolicy(DeliveryConfig config) {
        this(config.allowedNetworks().orElse(List.of()));
    }

    /** @param allowedNetworks in CIDR form */
    WebhookAddressPolicy(List<String> allowedNetworks) {
        this.allowed = allowedNetworks.stream().map(AddressBlock::parse).toList();
    }

    /** Returns why no webhook may go to the address, e.g. {@code loopback}; empty if one may. */
    public Optional<String> findReason(InetAddress address) {
        return findReason(address.getAddress());
    }

    /** @param address 4 or 16 bytes */
    Optional<String> findReason(byte[] address) {
        boolean isAllowed = allowed.stream().anyMatch(each -> each.contains(address));
        Optional<SpecialAddressRegistry.SpecialBlock> special = registry.findBlock(address);
        if (special.isPresent()) {
            if (!isAllowed) {
                return Optional.of(special.get().name());
            }
            return special.get().embeddedAddresses(address).stream()
                    .map(this::findReason)
                    .flatMap(Optional::stream)
                    .findFirst()
                    .map(reason -> special.get().name() + " of " + reason);
        }
        return isAllowed || address.length == IPV4_BYTES || PUBLIC_IPV6.contains(address)
                ? Optional.empty()
                : Optional.of("not in use");
    }

    /**
     * Returns the addresses of a host.
     *
     * @throws AddressRefusedException if one of them may not be called: a name with a public and a private address is
     *     refused as a whole
     */
    public List<InetAddress> resolveHost(String host) throws UnknownHostException {
        List<InetAddress> addresses = List.of(InetAddress.getAllByName(host));
        for (InetAddress address : addresses) {
            requireAllowed(address);
        }
        return addresses;
    }

    void requireAllowed(InetAddress address) throws AddressRefusedException {
        Optional<String> reason = findReason(address);
        if (reason.isPresent()) {
            throw new AddressRefusedException(reason.get());
        }
    }

    /** The host has an address that may not be called. The message does not name the address. */
    public static final class AddressRefusedException extends UnknownHostException {
        private final String reason;

        AddressRefusedException(String reason) {
            super("an address of the host is refused: " + reason);
            this.reason = reason;
        }

        /** Returns the kind of the address, e.g. {@code loopback}. */
        public String reason() {
            return reason;
        }
    }
}
