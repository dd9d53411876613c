/**
 * What the measurements stand beside: the plainest Quarkus and Panache that stores the same record and an outbox row in
 * one transaction, without validation, versions, history, audit or access control; and an answer that never changes.
 */
@NullMarked
package org.voyage.bench.baseline;

import org.jspecify.annotations.NullMarked;
