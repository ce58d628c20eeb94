import type { Messages } from '../../lib/resolver';
import { isMoney, type MoneyValue } from '../../parts/MoneyInput';
import type { AdapterKind, Json, Supplier, SupplierInput, WebhookScheme } from '../types';
import { readConfiguration, showConfiguration } from './configuration';

/** The most characters of a supplier's name. */
export const MAX_NAME = 80;

/** Who is asked first has the lowest priority; this is the highest. */
export const MAX_PRIORITY = 1000;

export const MAX_WEIGHT = 100;

export const MAX_PER_MINUTE = 6000;

export const MAX_CONCURRENT = 50;

/** How a supplier signs, as the form has it: all fields of all kinds at once. */
export interface WebhookValues {
  kind: 'none' | WebhookScheme['kind'];
  header: string;
  algorithm: 'sha256' | 'sha512';
  encoding: 'hex' | 'base64';
  prefix: string;
  timestampHeader: string;
}

/** What the form of a supplier holds. */
export interface SupplierValues {
  name: string;
  adapter: AdapterKind;
  /** The configuration's text, which need not be JSON while one types. */
  configuration: string;
  priority: string;
  weight: string;
  budget: { daily: MoneyValue; monthly: MoneyValue };
  limits: { perMinute: string; concurrent: string };
  webhook: WebhookValues;
}

const NO_WEBHOOK: WebhookValues = {
  kind: 'none',
  header: 'X-Signature',
  algorithm: 'sha256',
  encoding: 'hex',
  prefix: '',
  timestampHeader: '',
};

/** A supplier that is being added. */
export const BLANK: SupplierValues = {
  name: '',
  adapter: 'http-json',
  configuration: '{}',
  priority: '10',
  weight: '1',
  budget: { daily: null, monthly: null },
  limits: { perMinute: '', concurrent: '' },
  webhook: NO_WEBHOOK,
};

const shown = (number: number | null | undefined) =>
  number === null || number === undefined ? '' : String(number);

function webhookValues(scheme: WebhookScheme | null): WebhookValues {
  if (scheme === null || scheme === undefined) return NO_WEBHOOK;
  if (scheme.kind === 'standardWebhooks') return { ...NO_WEBHOOK, kind: scheme.kind };
  return { ...NO_WEBHOOK, ...scheme, timestampHeader: scheme.timestampHeader ?? '' };
}

/** The form's values for a supplier that there is. */
export function toValues(supplier: Supplier): SupplierValues {
  return {
    name: supplier.name,
    adapter: supplier.adapter,
    configuration: showConfiguration(supplier.configuration),
    priority: String(supplier.priority),
    weight: String(supplier.weight),
    budget: { daily: supplier.budget?.daily ?? null, monthly: supplier.budget?.monthly ?? null },
    limits: {
      perMinute: shown(supplier.limits?.perMinute),
      concurrent: shown(supplier.limits?.concurrent),
    },
    webhook: webhookValues(supplier.webhook),
  };
}

/** A whole number from `least` to `most`; undefined for anything else. */
export function wholeBetween(text: string | undefined, least: number, most: number): number | undefined {
  const digits = /^\s*(\d{1,9})\s*$/.exec(text ?? '')?.[1];
  const number = digits === undefined ? Number.NaN : Number.parseInt(digits, 10);
  return number >= least && number <= most ? number : undefined;
}

/** What is wrong with a text that should be such a number. */
export function wholeError(text: string | undefined, least: number, most: number, isOptional = false) {
  if (isOptional && (text ?? '').trim() === '') return undefined;
  return wholeBetween(text, least, most) === undefined
    ? `A whole number from ${least} to ${most}${isOptional ? ', or nothing' : ''}.`
    : undefined;
}

/** What is wrong with an amount that one may leave out. */
export function moneyError(value: MoneyValue | undefined): string | undefined {
  if (value === null || value === undefined) return undefined;
  return isMoney(value) && value.amount > 0 ? undefined : 'Type an amount such as 250.00, or nothing.';
}

const HEADER = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

function webhookMessages(webhook: WebhookValues): Messages {
  if (webhook.kind !== 'hmac') return {};
  const isName = (text: string) => HEADER.test(text.trim());
  return {
    header: isName(webhook.header ?? '') ? undefined : 'The name of a header, such as X-Signature.',
    timestampHeader:
      (webhook.timestampHeader ?? '').trim() === '' || isName(webhook.timestampHeader)
        ? undefined
        : 'The name of a header, or nothing.',
  };
}

/** What can be said of a supplier's form before the API is asked. */
export function validateSupplier(values: SupplierValues): Messages {
  const configuration = readConfiguration(values.configuration ?? '');
  const { daily, monthly } = values.budget ?? {};
  const isAbove = isMoney(daily) && isMoney(monthly) && daily.amount > monthly.amount;
  return {
    name: values.name?.trim() ? undefined : 'Give a name.',
    configuration: 'message' in configuration ? configuration.message : undefined,
    priority: wholeError(values.priority, 0, MAX_PRIORITY),
    weight: wholeError(values.weight, 1, MAX_WEIGHT),
    budget: {
      daily: moneyError(daily) ?? (isAbove ? 'More than the month’s budget.' : undefined),
      monthly: moneyError(monthly),
    },
    limits: {
      perMinute: wholeError(values.limits?.perMinute, 1, MAX_PER_MINUTE, true),
      concurrent: wholeError(values.limits?.concurrent, 1, MAX_CONCURRENT, true),
    },
    webhook: webhookMessages(values.webhook ?? NO_WEBHOOK),
  };
}

function toScheme(webhook: WebhookValues): WebhookScheme | null {
  switch (webhook.kind) {
    case 'none':
      return null;
    case 'standardWebhooks':
      return { kind: 'standardWebhooks' };
    case 'hmac':
      return {
        kind: 'hmac',
        header: webhook.header.trim(),
        algorithm: webhook.algorithm,
        encoding: webhook.encoding,
        prefix: webhook.prefix ?? '',
        timestampHeader: webhook.timestampHeader?.trim() || null,
      };
  }
}

const money = (value: MoneyValue) => (isMoney(value) ? value : null);

/** What the API takes of values that have been validated. */
export function toInput(values: SupplierValues): SupplierInput {
  const read = readConfiguration(values.configuration);
  const configuration: Json = 'value' in read ? read.value : {};
  return {
    name: values.name.trim(),
    adapter: values.adapter,
    configuration,
    priority: wholeBetween(values.priority, 0, MAX_PRIORITY) ?? 0,
    weight: wholeBetween(values.weight, 1, MAX_WEIGHT) ?? 1,
    budget: { daily: money(values.budget.daily), monthly: money(values.budget.monthly) },
    limits: {
      perMinute: wholeBetween(values.limits.perMinute, 1, MAX_PER_MINUTE) ?? null,
      concurrent: wholeBetween(values.limits.concurrent, 1, MAX_CONCURRENT) ?? null,
    },
    webhook: toScheme(values.webhook),
  };
}
