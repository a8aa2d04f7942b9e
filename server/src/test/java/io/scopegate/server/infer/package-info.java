@NullMarked
package io.scopegate.server.infer;

import org.jspecify.annotations.NullMarked;
