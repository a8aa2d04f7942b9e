@NullMarked
package io.scopegate.server.audit;

import org.jspecify.annotations.NullMarked;
