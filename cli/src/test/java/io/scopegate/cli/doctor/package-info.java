@NullMarked
package io.scopegate.cli.doctor;

import org.jspecify.annotations.NullMarked;
