package io.faultline.domain.set;

/** What is remembered of a set. One that has ended shrinks, and fences repeats for ever. */
public sealed interface SetState permits ActiveSet, EndedSet {}
