import type { Fields } from '../conflicts/conflict';
import type { Messages } from '../lib/resolver';
import type { Webhook, WebhookInput } from './types';

/** The most characters of what is written of a webhook. */
export const MAX_DESCRIPTION = 200;

export const BLANK: WebhookInput = { url: '', description: '', types: [] };

export function toWebhookInput({ url, description, types }: WebhookInput): WebhookInput {
  return { url: url.trim(), description: (description ?? '').trim(), types };
}

function urlError(url: string): string | undefined {
  if (url === '') return 'Give the address that is to be called.';
  if (!URL.canParse(url)) return 'Type the whole address, as https://example.com/hooks.';
  return /^https?:$/.test(new URL(url).protocol) ? undefined : 'Only https: addresses can be called.';
}

/** A first look at a webhook's values; the API looks closely, at where the address leads too. */
export function validateWebhook({ url, types }: WebhookInput): Messages {
  return {
    url: urlError(url?.trim() ?? ''),
    types: types?.length ? undefined : 'Choose at least one event.',
  };
}

const LABELS: Readonly<Record<string, string>> = { url: 'Address', description: 'Name', types: 'Events' };

/** How the differences between two editors' states of a webhook read. */
export const webhookFields: Fields<Webhook> = {
  pick: ({ url, description, types }) => ({ url, description, types: [...types].sort() }),
  label: (path) => LABELS[path] ?? path,
  describe: (_path, value) =>
    Array.isArray(value) ? value.map(String) : [value === '' ? '(nothing)' : String(value)],
};
