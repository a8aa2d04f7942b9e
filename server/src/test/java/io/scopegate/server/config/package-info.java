@NullMarked
package io.scopegate.server.config;

import org.jspecify.annotations.NullMarked;
