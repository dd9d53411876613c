/** The plain count as a Flink SQL job, to measure live figures and evidence beside. */
@NullMarked
package org.voyage.bench.flink;

import org.jspecify.annotations.NullMarked;
