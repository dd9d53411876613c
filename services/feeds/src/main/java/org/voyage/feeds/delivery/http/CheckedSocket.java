package org.voyage.feeds.delivery.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import org.voyage.feeds.delivery.http.WebhookAddressPolicy.AddressRefusedException;

/** Socket that connects to allowed addresses only: the last check, after every look-up. */
final class CheckedSocket extends Socket {

    private final WebhookAddressPolicy policy;

    CheckedSocket(WebhookAddressPolicy policy) {
        super(Proxy.NO_PROXY);
        this.policy = policy;
    }

    @Override
    public void connect(SocketAddress address) throws IOException {
        connect(address, 0);
    }

    @Override
    public void connect(SocketAddress address, int timeout) throws IOException {
        if (!(address instanceof InetSocketAddress internet) || internet.isUnresolved()) {
            throw new AddressRefusedException("not an address");
        }
        InetAddress checked = internet.getAddress();
        policy.requireAllowed(checked);
        super.connect(address, timeout);
        if (!checked.equals(getInetAddress())) {
            close();
            throw new AddressRefusedException("not the checked address");
        }
    }
}
