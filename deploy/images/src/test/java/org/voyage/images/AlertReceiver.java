package org.voyage.images;

import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;

/** Receiver of the alerts that an Alertmanager sends as JSON and by mail. */
final class AlertReceiver implements AutoCloseable {

    private final Queue<String> alerts = new ConcurrentLinkedQueue<>();
    private final HttpServer server;
    private final GreenMail mail = new GreenMail(new ServerSetup(0, "0.0.0.0", ServerSetup.PROTOCOL_SMTP));

    AlertReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(0), 0);
        server.createContext("/", exchange -> {
            alerts.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        mail.start();
    }

    /** @param host name of this machine for the containers */
    String urlAt(String host) {
        return "http://" + host + ":" + server.getAddress().getPort() + "/";
    }

    int mailPort() {
        return mail.getSmtp().getPort();
    }

    /** Returns whether a mail came. @param wanted test of its headers and text */
    boolean hasMail(Predicate<String> wanted) {
        return Arrays.stream(mail.getReceivedMessages())
                .map(GreenMailUtil::getWholeMessage)
                .anyMatch(wanted);
    }

    /** Forgets all alerts that came. */
    void clear() throws FolderException {
        alerts.clear();
        mail.purgeEmailFromAllMailboxes();
    }

    boolean hasAlert(Predicate<String> wanted) {
        return alerts.stream().anyMatch(wanted);
    }

    @Override
    public void close() {
        server.stop(0);
        mail.stop();
    }
}
