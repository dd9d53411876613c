/**
 * Measurements that anyone can repeat: {@code ./voyage bench NAME}. Each compares two ways of doing the same work in
 * one run on one machine, in turn, and quotes medians; seconds alone say little on a noisy machine.
 */
@NullMarked
package org.voyage.bench;

import org.jspecify.annotations.NullMarked;
