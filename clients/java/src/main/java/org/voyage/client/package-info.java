/** Client of Voyage's feeds: a verified copy of the records of a feed by pull, stream or webhook. */
@NullMarked
package org.voyage.client;

import org.jspecify.annotations.NullMarked;
