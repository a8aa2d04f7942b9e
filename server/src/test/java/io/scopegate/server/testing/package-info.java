/** Fakes, pictures and tiny networks for the tests. */
@NullMarked
package io.scopegate.server.testing;

import org.jspecify.annotations.NullMarked;
