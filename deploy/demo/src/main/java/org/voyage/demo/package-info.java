/**
 * Demo: it loads the history of all records through the public HTTP APIs of the running platform, and prints the
 * published figures with the live ones.
 *
 * <p>Nothing here knows a table, a topic or a class of a service. The records give every published figure that can be
 * computed. {@code docs/demo-data.md} names the few facts in them that are real. Everything else is invented, names
 * included.
 */
@NullMarked
package org.voyage.demo;

import org.jspecify.annotations.NullMarked;
