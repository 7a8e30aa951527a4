package org.visionfashion.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * One key of a configuration, at the component of the record that holds its value. The component
 * gives the type and, in snake case, the last part of the name; {@link Binder} reads, checks and
 * writes values by it, and {@link KeyTable} documents it.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Key {

  /** The default, written as in a file. */
  String usual();

  /** What the key means, a phrase of a line. */
  String help();

  /** The last parts of the name where the component's name does not say them. */
  String name() default "";

  /** The interval of a number, {@code "[0, 1)"}: a bracket includes its end. */
  String in() default "";

  /** What a text must match as a whole. */
  String pattern() default "(?s).*";

  /** What a value must do, to follow "must", where pattern or list need words. */
  String rule() default "";

  /** Fewest values of a list. */
  int least() default 0;

  /** Most values of a list. */
  int most() default Integer.MAX_VALUE;

  /** Another default for one value of a key beside it: {@code "loss=sigmoid: 0.1"}. */
  String when() default "";

  /** A record whose keys are named as if they were the outer record's own. */
  @Documented
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @interface Inline {}
}
