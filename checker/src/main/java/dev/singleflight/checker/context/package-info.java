/** The third question: what holds where a call stands? */
@NullMarked
package dev.singleflight.checker.context;

import org.jspecify.annotations.NullMarked;
