/** The service through its front door: HTTP in, event on Kafka out. */
@NullMarked
package org.voyage.standards;

import org.jspecify.annotations.NullMarked;
