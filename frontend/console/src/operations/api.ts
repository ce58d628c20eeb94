import type { Http } from '../api/http';
import type { Page } from '../api/types';
import type { Letter, Queue, Run, Schedule, ScheduleChange } from './types';

const ROOT = '/api/console/operations';

const part = encodeURIComponent;

/** The parts of the operators' API that are more than a list of records. */
export function operationsDesk(http: Http) {
  const schedule = (name: string) => `${ROOT}/schedules/${part(name)}`;
  const queue = (name: string) => `${ROOT}/queues/${part(name)}`;
  const items = async <T>(path: string, signal?: AbortSignal, query = {}): Promise<T[]> =>
    (await http<Page<T>>('GET', path, { query, signal })).data.items;

  return {
    listSchedules: (signal?: AbortSignal) => items<Schedule>(`${ROOT}/schedules`, signal),
    updateSchedule: async ({ name, version }: Schedule, change: ScheduleChange): Promise<Schedule> =>
      (await http<Schedule>('PUT', schedule(name), { body: change, version })).data,
    /** Asks for a run, which is found by the request's id once it has ended. */
    runSchedule: async (name: string): Promise<string> =>
      (await http<{ requestId: string }>('POST', `${schedule(name)}/runs`)).data.requestId,
    findRuns: (about: string, signal?: AbortSignal) => items<Run>(`${ROOT}/runs`, signal, { about }),
    listQueues: (signal?: AbortSignal) => items<Queue>(`${ROOT}/queues`, signal),
    listLetters: (name: string, signal?: AbortSignal) => items<Letter>(`${queue(name)}/messages`, signal),
    /** Gives letters to their worker again: those with these ids, or all of them. */
    redriveLetters: async (name: string, ids?: string[]): Promise<{ moved: number; left: number }> => {
      const body = ids ? { ids } : {};
      return (await http<{ moved: number; left: number }>('POST', `${queue(name)}/redrive`, { body })).data;
    },
    discardLetter: async (name: string, id: string): Promise<void> => {
      await http('DELETE', `${queue(name)}/messages`, { query: { id } });
    },
    /** Throws all letters away; the API wants the queue's name once more. */
    emptyLetters: async (name: string): Promise<void> => {
      await http('DELETE', `${queue(name)}/messages`, { query: { all: name } });
    },
  };
}
