export type RunOutcome = 'done' | 'later' | 'failed';

export type RunCause = 'message' | 'schedule' | 'hand' | 'change';

/** What a worker did with one message, one tick of its schedule, or one batch. */
export interface Run {
  id: string;
  worker: string;
  cause: RunCause;
  startedAt: string;
  tookMs: number;
  outcome: RunOutcome;
  summary: string;
  error: string | null;
  requestId: string | null;
  orderId: string | null;
  taskId: string | null;
  waitedMs: number | null;
  attempt: number | null;
}

export type ScheduleState = 'enabled' | 'paused';

export interface Schedule {
  name: string;
  description: string | null;
  expression: string;
  timezone: string;
  state: ScheduleState;
  changedAt: string;
  version: number;
  lastRun: Run | null;
  nextRunAt: string | null;
}

export interface ScheduleChange {
  expression?: string;
  state?: ScheduleState;
}

/** Messages that somebody gave up on. */
export interface Letters {
  name: string;
  waiting: number;
  inFlight: number;
  oldestSeconds: number | null;
}

export interface Queue {
  name: string;
  /** Null where nobody is at it: it has only letters. */
  work: { worker: string; waiting: number; inFlight: number; delayed: number; lastRun: Run | null } | null;
  letters: Letters | null;
  canRedrive: boolean;
}

/** One message that somebody gave up on. */
export interface Letter {
  id: string;
  sentAt: string | null;
  receives: number;
  body: string;
  /** Whether the body is all of the message. */
  whole: boolean;
  attributes: Record<string, string>;
  orderId: string | null;
  taskId: string | null;
  requestId: string | null;
}
