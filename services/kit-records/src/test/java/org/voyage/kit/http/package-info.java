/** Tests of the kit over HTTP, with a service of things made for them. */
@NullMarked
package org.voyage.kit.http;

import org.jspecify.annotations.NullMarked;
