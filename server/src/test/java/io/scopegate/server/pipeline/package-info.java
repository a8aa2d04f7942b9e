@NullMarked
package io.scopegate.server.pipeline;

import org.jspecify.annotations.NullMarked;
