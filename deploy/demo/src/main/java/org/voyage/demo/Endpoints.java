package org.voyage.demo;

import java.net.URI;

/** Where the public APIs of a local platform are, from its base port. */
record Endpoints(int basePort) {

    static Endpoints of(int basePort) {
        return new Endpoints(basePort);
    }

    URI indicators() {
        return local(0);
    }

    URI of(RecordService service) {
        return local(service.offset);
    }

    URI overseas() {
        return of(RecordService.OVERSEAS);
    }

    URI issuer() {
        return local(6);
    }

    private URI local(int offset) {
        return URI.create("http://localhost:" + (basePort + offset));
    }
}
