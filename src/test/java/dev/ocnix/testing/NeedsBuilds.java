package dev.ocnix.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Short for {@code @Needs(Tool.BUILDS)}: the main Nix must be able to build in its sandbox. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Needs(Tool.BUILDS)
public @interface NeedsBuilds {}
