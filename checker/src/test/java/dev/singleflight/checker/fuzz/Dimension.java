package dev.singleflight.checker.fuzz;

import java.util.List;

/** What a call site is made of, in the order in which it is written. */
enum Dimension {
  /** What decides the answer besides the id. */
  INPUT,
  /** What of it goes into the key. */
  PART,
  /** How the key is put together. */
  SHAPE,
  /** Where the group is. */
  GROUP,
  /** How the value is loaded, and from what. */
  LOADER,
  /** By which method of which API. */
  CALL,
  /** Under which lock. */
  LOCK,
  /** What is done with the result. */
  RESULT;

  /** What there is to choose from. */
  List<Form> forms() {
    return switch (this) {
      case INPUT -> Inputs.FORMS;
      case PART -> Parts.FORMS;
      case SHAPE -> Shapes.FORMS;
      case GROUP -> Groups.FORMS;
      case LOADER -> Loaders.FORMS;
      case CALL -> Calls.FORMS;
      case LOCK -> Locks.FORMS;
      case RESULT -> Results.FORMS;
    };
  }

  /** The plainest form, and a right one. */
  Form plain() {
    return forms().get(0);
  }
}
