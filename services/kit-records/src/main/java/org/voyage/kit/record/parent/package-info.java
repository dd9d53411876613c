/**
 * Records that refer to a parent record.
 *
 * <p>A child whose parent is not stored yet is parked and written when the parent arrives. A rename or merge of the
 * parent takes its children along.
 */
@NullMarked
package org.voyage.kit.record.parent;

import org.jspecify.annotations.NullMarked;
