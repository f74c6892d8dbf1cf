/**
 * Annotations that tell the compile-time checks what a program's own types and methods mean. They
 * do nothing at run time. The checks recognise them by their simple names, so a project that would
 * rather not depend on this library may declare its own.
 */
@NullMarked
package dev.singleflight.annotations;

import org.jspecify.annotations.NullMarked;
