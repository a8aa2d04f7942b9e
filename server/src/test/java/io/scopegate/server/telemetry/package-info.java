@NullMarked
package io.scopegate.server.telemetry;

import org.jspecify.annotations.NullMarked;
