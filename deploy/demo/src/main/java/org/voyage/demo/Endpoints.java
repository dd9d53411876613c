package org.voyage.demo;

import java.net.URI;

/** Where the public APIs of a local platform are, from its base port. */
record Endpoints(URI indicators, URI overseas, URI issuer) {

    static Endpoints of(int basePort) {
        return new Endpoints(local(basePort), local(basePort + 3), local(basePort + 6));
    }

    private static URI local(int port) {
        return URI.create("http://localhost:" + port);
    }
}
