/** Tests of the mobility service through its public interfaces: HTTP in, event on Kafka out. */
@NullMarked
package org.voyage.mobility;

import org.jspecify.annotations.NullMarked;
