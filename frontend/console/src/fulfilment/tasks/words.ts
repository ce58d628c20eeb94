import type { TaskItem, TaskStatus } from '../types';

/** A task's states as one reads them, and what they mean. */
export const TASK_STATES: Readonly<Record<TaskStatus, { name: string; hint: string }>> = {
  planned: { name: 'Planned', hint: 'Not sent to the supplier yet.' },
  submitting: { name: 'Being placed', hint: 'Sent to the supplier, whose answer is not known.' },
  submitted: { name: 'Placed', hint: 'The supplier has it.' },
  inProgress: { name: 'In progress', hint: 'The supplier works on it.' },
  overdue: { name: 'Overdue', hint: 'Not shipped within the lead time: it is being called off.' },
  completed: { name: 'Completed', hint: 'The supplier is done with it.' },
  rejected: { name: 'Rejected', hint: 'The supplier does not take it.' },
  cancelled: { name: 'Cancelled', hint: 'Called off.' },
  failed: { name: 'Failed', hint: 'It could not be placed.' },
};

const FINAL: readonly TaskStatus[] = ['completed', 'rejected', 'cancelled', 'failed'];

/** Whether nothing more happens to a task. */
export function isOver(status: TaskStatus): boolean {
  return FINAL.includes(status);
}

/** What a task is about, in a line: the first item, and how many more there are. */
export function itemsLine(items: readonly Pick<TaskItem, 'sku' | 'quantity'>[]): string {
  const [first, ...more] = items;
  if (!first) return 'Nothing';
  return `${first.quantity} × ${first.sku}${more.length > 0 ? ` and ${more.length} more` : ''}`;
}

const OUTCOMES: Readonly<Record<string, string>> = {
  postponed: 'Put off, without calling the supplier',
  notPlaced: 'Not placed',
  inDoubt: 'In doubt: the supplier may have it',
  placed: 'Placed',
  rejected: 'Rejected by the supplier',
  overdue: 'Overdue',
  completed: 'Completed',
  cancelled: 'Called off',
  failed: 'Given up',
};

/** What happened to a task, in words. */
export function outcomeWords(outcome: string): string {
  return OUTCOMES[outcome] ?? outcome;
}
