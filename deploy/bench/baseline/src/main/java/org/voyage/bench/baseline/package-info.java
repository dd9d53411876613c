/**
 * Baseline of the measurements: the simplest Quarkus and Panache application that stores the same record and an outbox
 * row in one transaction. It has no validation, versions, history, audit or access control. A second resource answers a
 * constant.
 */
@NullMarked
package org.voyage.bench.baseline;

import org.jspecify.annotations.NullMarked;
