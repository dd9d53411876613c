/** The mobility service through its front door: HTTP in, event on Kafka out. */
@NullMarked
package org.voyage.mobility;

import org.jspecify.annotations.NullMarked;
