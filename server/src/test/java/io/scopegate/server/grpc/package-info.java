@NullMarked
package io.scopegate.server.grpc;

import org.jspecify.annotations.NullMarked;
