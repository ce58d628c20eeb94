import type { Schemas, Told } from '../api/told';

export type RunOutcome = Schemas['RunOutcomeDto'];

export type RunCause = Schemas['RunCauseDto'];

/** What a worker did with one message, one tick of its schedule, or one batch. */
export type Run = Told<Schemas['RunDto']>;

export type ScheduleState = Schemas['ScheduleStateDto'];

export type Schedule = Told<Schemas['ScheduleDto']>;

export type ScheduleChange = Schemas['ScheduleInput'];

/** Messages that somebody gave up on. */
export type Letters = Told<Schemas['LettersDto']>;

/** A queue; where nobody is at it, it has only letters and no work. */
export type Queue = Told<Schemas['QueueDto']>;

/** One message that somebody gave up on. */
export type Letter = Told<Schemas['LetterDto']>;
