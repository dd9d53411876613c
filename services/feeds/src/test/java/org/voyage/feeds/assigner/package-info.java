/** Tests of the assigner. */
@NullMarked
package org.voyage.feeds.assigner;

import org.jspecify.annotations.NullMarked;
