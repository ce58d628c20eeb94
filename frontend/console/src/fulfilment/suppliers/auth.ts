import type { AdapterField, Json } from '../types';

type Kind = 'none' | 'header' | 'query' | 'basic' | 'hmac' | 'oauth';

interface Way {
  id: Kind;
  name: string;
  hint: string;
  /** What it needs beside the key. */
  fields: readonly AdapterField[];
  /** What it begins with. */
  start: Json;
}

const text = (path: string, title: string, help: string, example: string, required = true): AdapterField => ({
  path,
  title,
  kind: 'text',
  required,
  help,
  example,
  choices: [],
});

const choice = (path: string, title: string, help: string, choices: string[]): AdapterField => ({
  path,
  title,
  kind: 'choice',
  required: false,
  help,
  example: null,
  choices,
});

/** The ways in which requests show who we are; the key itself is kept apart. */
export const WAYS: readonly Way[] = [
  { id: 'none', name: 'Not at all', hint: 'For suppliers that know us otherwise.', fields: [], start: {} },
  {
    id: 'header',
    name: 'Key in a header',
    hint: 'The most usual way, such as Authorization: Bearer …',
    fields: [
      text('name', 'Header', 'The header that holds the key.', 'Authorization'),
      text(
        'prefix',
        'Text before the key',
        'With the space that follows it, if there is one.',
        'Bearer ',
        false,
      ),
    ],
    start: { name: 'Authorization', prefix: 'Bearer ' },
  },
  {
    id: 'query',
    name: 'Key in the address',
    hint: 'As a parameter after the question mark.',
    fields: [text('name', 'Parameter', 'The parameter that holds the key.', 'api_key')],
    start: { name: 'api_key' },
  },
  {
    id: 'basic',
    name: 'User name and password',
    hint: 'HTTP Basic. The key is the password.',
    fields: [
      text('username', 'User name', 'Empty: the key is the name, and there is no password.', 'shop', false),
    ],
    start: {},
  },
  {
    id: 'hmac',
    name: 'Signature (HMAC)',
    hint: 'Each request is signed with the key, which is never sent.',
    fields: [
      text('header', 'Header of the signature', 'Where the signature goes.', 'X-Signature'),
      text(
        'message',
        'What is signed',
        'Made of {timestamp}, {method}, {path}, {query} and {body}, as the documentation says.',
        '{timestamp}.{body}',
      ),
      text('prefix', 'Text before the signature', 'Such as sha256=, or nothing.', 'sha256=', false),
      choice('algorithm', 'Algorithm', 'sha256 unless set.', ['sha256', 'sha512']),
      choice('encoding', 'Written as', 'hex unless set.', ['hex', 'base64']),
      text('timestampHeader', 'Header of the time', 'Where the time is signed too.', 'X-Timestamp', false),
      choice('timestampUnit', 'The time counts', 'seconds unless set.', ['seconds', 'milliseconds']),
    ],
    start: { header: 'X-Signature', message: '{timestamp}.{body}', timestampHeader: 'X-Timestamp' },
  },
  {
    id: 'oauth',
    name: 'OAuth 2 (client credentials)',
    hint: 'The key is the client’s secret; tokens are fetched with it and kept while they last.',
    fields: [
      text(
        'tokenUrl',
        'Address for tokens',
        'Where tokens come from.',
        'https://auth.supplier.example/token',
      ),
      text('clientId', 'Client id', 'The shop’s name there.', 'ironmonger'),
      text('scope', 'Scope', 'What the token is to allow, if the supplier wants it said.', 'orders', false),
      choice('clientIn', 'Name and secret stand in', 'The header unless set.', ['header', 'body']),
    ],
    start: { tokenUrl: '', clientId: '' },
  },
];

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The way that a configuration takes; undefined where it is none that we know. */
export function wayOf(auth: unknown): Way | undefined {
  if (auth === undefined || auth === null) return WAYS.find(({ id }) => id === 'none');
  return isObject(auth) ? WAYS.find(({ id }) => id === auth.kind && id !== 'none') : undefined;
}

/** What a configuration holds once another way is chosen; undefined where it holds nothing. */
export function authOf(kind: string): Json | undefined {
  const way = WAYS.find(({ id }) => id === kind);
  return way === undefined || way.id === 'none' ? undefined : { kind: way.id, ...way.start };
}
