/** Tests of the overseas service through its public interfaces: HTTP in, event on Kafka out. */
@NullMarked
package org.voyage.overseas;

import org.jspecify.annotations.NullMarked;
