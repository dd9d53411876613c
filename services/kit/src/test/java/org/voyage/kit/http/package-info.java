/** A service of things, whose only purpose is to show what the kit does over HTTP. */
@NullMarked
package org.voyage.kit.http;

import org.jspecify.annotations.NullMarked;
