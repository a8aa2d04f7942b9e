@NullMarked
package io.scopegate.server.health;

import org.jspecify.annotations.NullMarked;
