/**
 * That nobody waits for ever: threads run one at a time in orders that Fray chooses, and a wait
 * with a timeout counts as one without, so that a lost wake-up is a deadlock.
 */
@NullMarked
package dev.singleflight.proofs.wakeup;

import org.jspecify.annotations.NullMarked;
