@NullMarked
package io.scopegate.server.tls;

import org.jspecify.annotations.NullMarked;
