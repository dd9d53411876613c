package org.voyage.demo;

import java.net.URI;

/** Where the public APIs of a local platform are, from its base port. */
record PlatformEndpoints(int basePort) {

    static PlatformEndpoints ofBasePort(int basePort) {
        return new PlatformEndpoints(basePort);
    }

    URI indicators() {
        return localUri(0);
    }

    URI ofBasePort(RecordService service) {
        return localUri(service.offset);
    }

    URI overseas() {
        return ofBasePort(RecordService.OVERSEAS);
    }

    URI issuer() {
        return localUri(6);
    }

    private URI localUri(int offset) {
        return URI.create("http://localhost:" + (basePort + offset));
    }
}
