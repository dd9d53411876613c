@NullMarked
package org.voyage.feeds.proof;

import org.jspecify.annotations.NullMarked;
