/** Count as a Flink SQL job, to compare with live figures and evidence. */
@NullMarked
package org.voyage.bench.flink;

import org.jspecify.annotations.NullMarked;
