package org.voyage.feeds.delivery.endpoint;

import io.smallrye.config.ConfigMapping;
import org.voyage.kit.secret.KeyRingConfig;

/** Keys that encrypt the secrets of endpoints. */
@ConfigMapping(prefix = "voyage.feeds.endpoint-secrets")
public interface EndpointKeyConfig extends KeyRingConfig {}
