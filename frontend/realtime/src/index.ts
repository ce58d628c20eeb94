export type { Socket } from './connection';
export type { Follower, FollowState } from './lease';
export { settled } from './pauses';
export type { LiveEvent } from './protocol';
export { createRealtime, NO_REALTIME, type Realtime, type RealtimeState } from './realtime';
