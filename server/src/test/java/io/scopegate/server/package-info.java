@NullMarked
package io.scopegate.server;

import org.jspecify.annotations.NullMarked;
