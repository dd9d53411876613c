package org.voyage.feeds.delivery.http;

import java.net.URI;

/**
 * URL of an endpoint that was accepted.
 *
 * @param host name, or an address without brackets
 */
public record WebhookUrl(URI uri, String host, int port) {}
