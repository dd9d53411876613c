/** Offline check of what a feed has stored, what it answers, and what its receivers wrote into their journals. */
@NullMarked
package org.voyage.feeds.check;

import org.jspecify.annotations.NullMarked;
