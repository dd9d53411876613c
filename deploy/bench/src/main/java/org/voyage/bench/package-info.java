/**
 * Measurements that anyone can repeat: {@code ./voyage bench NAME}. Each compares two ways of doing the same work in
 * one run on one machine, in turn, and reports medians. Absolute seconds mean little on a noisy machine.
 */
@NullMarked
package org.voyage.bench;

import org.jspecify.annotations.NullMarked;
