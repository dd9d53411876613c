package org.voyage.demo;

import java.net.URI;

/** Addresses of a local platform's public APIs, from its base port. */
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

    URI feeds() {
        return localUri(5);
    }

    URI issuer() {
        return localUri(6);
    }

    int postgresPort() {
        return basePort + 11;
    }

    private URI localUri(int offset) {
        return URI.create("http://localhost:" + (basePort + offset));
    }
}
