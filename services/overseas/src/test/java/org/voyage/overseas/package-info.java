/** The overseas service through its front door: HTTP in, event on Kafka out. */
@NullMarked
package org.voyage.overseas;

import org.jspecify.annotations.NullMarked;
