import type { Attempt, DeliveryState, Outcome, Pause, PauseReason, Recovery, Webhook } from './types';

/** What a webhook is called: what somebody wrote of it, else where it is. */
export function nameOfWebhook({ description, host }: Pick<Webhook, 'description' | 'host'>): string {
  return description.trim() === '' ? host : description;
}

const PAUSES: Readonly<Record<PauseReason, { label: string; text: string }>> = {
  byHand: { label: 'Paused', text: 'Somebody paused it.' },
  gone: {
    label: 'Gone',
    text: 'Its address answered 410 Gone: whoever is there wants no more. It was paused at once.',
  },
  dead: {
    label: 'Dead',
    text: 'Nothing arrived there for three days, so it was paused.',
  },
};

/** Why a webhook is paused: what somebody wrote stands for itself, what was noted by the shop comes after its words. */
export function pauseWords({ reason, note }: Pick<Pause, 'reason' | 'note'>): string[] {
  if (note === null) return [PAUSES[reason].text];
  return reason === 'byHand' ? [note] : [PAUSES[reason].text, note];
}

/** How it goes with a webhook: a state for `Status`, and its words. */
export function webhookState({
  status,
  pause,
  failingSince,
  lastSuccessAt,
}: Pick<Webhook, 'status' | 'pause' | 'failingSince' | 'lastSuccessAt'>): readonly [
  of: string,
  label: string,
] {
  if (status === 'paused') {
    const reason = pause?.reason ?? 'byHand';
    return [reason === 'byHand' ? 'paused' : 'disabled', PAUSES[reason].label];
  }
  if (failingSince !== null) return ['failed', 'Fails'];
  return lastSuccessAt === null ? ['pending', 'Nothing sent yet'] : ['done', 'Works'];
}

/** A delivery's states: for `Status`, and as one reads them. */
export const DELIVERY_STATES: Readonly<Record<DeliveryState, { of: string; name: string; hint: string }>> = {
  pending: { of: 'pending', name: 'On its way', hint: 'It is tried until it arrives, for up to three days.' },
  delivered: { of: 'done', name: 'Delivered', hint: 'The address answered that it has it.' },
  failed: { of: 'failed', name: 'Failed', hint: 'It was given up on. You can send it again.' },
  held: { of: 'paused', name: 'Held back', hint: 'The webhook was paused. You can send it again.' },
};

const OUTCOMES: Readonly<Record<Outcome, string>> = {
  delivered: 'Delivered',
  refused: 'Refused',
  unreachable: 'Not reached',
  forbidden: 'Not allowed',
};

/** What came of an attempt, in a line. */
export function outcomeLine({
  outcome,
  status,
  tookMs,
  detail,
}: Pick<Attempt, 'outcome' | 'status' | 'tookMs' | 'detail'>): string {
  const answered = status === null ? '' : `, HTTP ${status}`;
  // That a status was answered is said already.
  const more = detail === null || detail === `answered ${status}` ? '' : `: ${detail}`;
  return `${OUTCOMES[outcome]}${answered}, after ${tookMs} ms${more}`;
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

export const attemptsWords = (count: number) => counted(count, 'attempt', 'attempts');

export const typesWords = (count: number) => counted(count, 'event', 'events');

/** What is sent again. */
export function recoveryWords({ deliveries, more }: Recovery): string {
  if (deliveries === 0) return 'There is nothing to send again.';
  const are = deliveries === 1 ? 'is' : 'are';
  const counting = counted(deliveries, 'delivery', 'deliveries');
  return more ? `More than ${counting} are sent again.` : `${counting} ${are} sent again.`;
}
