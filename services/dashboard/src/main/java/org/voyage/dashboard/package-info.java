/**
 * The dashboard's server: one origin for the pages and the APIs of all services. It keeps nothing. A person signs in at
 * the OpenID provider; the browser holds the tokens encrypted in a cookie, and the server adds the access token to each
 * request that it passes on.
 */
@NullMarked
package org.voyage.dashboard;

import org.jspecify.annotations.NullMarked;
